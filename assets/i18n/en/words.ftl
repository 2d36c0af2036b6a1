# What was done, as one would say what to do: «Undo: tag PERSON «…»».
undo-step = Undo: { $step }
undo-nothing = Nothing to undo
redo-step = Redo: { $step }
redo-nothing = Nothing to redo

step-tag = tag { $label } «{ $quote }»
step-tag-many = { $n ->
    [one] tag { $n } span as { $label }
   *[other] tag { $n } spans as { $label }
}
step-tag-some = { $n ->
    [one] tag { $n } span
   *[other] tag { $n } spans
}
step-remove = remove { $label } «{ $quote }»
step-remove-many = { $n ->
    [one] remove { $n } span
   *[other] remove { $n } spans
}
step-relabel = make «{ $quote }» { $label }
step-relabel-gone = change a span’s label
step-reshape = move the edges of { $label } «{ $quote }»
step-reshape-gone = move a span’s edges
step-attribute = set { $name } of «{ $quote }»
step-attribute-gone = set an attribute
step-note = change the note on «{ $quote }»
step-note-gone = change a note
step-relate = add the relation { $kind }
step-relate-unknown = add a relation
step-unrelate = remove a relation
step-mark-new = mark as new
step-mark-in-progress = mark as in progress
step-mark-done = mark as done
step-several = { $n ->
    [one] a change
   *[other] { $n } changes at once
}
step-label = change the label { $label }
step-labels = change the labels
step-merge = merge { $label } into { $into }
step-document-title = change the article «{ $title }»
step-document = change the article
step-decide = decide about «{ $quote }»
step-decide-many = decide about { $n } places, «{ $quote }» first
step-decide-relation = decide about a relation
step-comment = comment «{ $quote }»
step-comment-other = change a comment

done-tag-many = { $n ->
    [one] Tagged { $n } span as { $label }
   *[other] Tagged { $n } spans as { $label }
}
done-remove = Removed { $label } «{ $quote }»
done-remove-many = { $n ->
    [one] Removed { $n } span
   *[other] Removed { $n } spans
}
done-label = Changed the label { $label }
done-labels = Changed the labels
done-merge = Merged { $label } into { $into }
done-step = Done: { $step }

# What happened, for toasts.
told-undid = Taken back: { $step }
told-redid = Done again: { $step }
told-nothing-to-undo = Nothing is left to undo
told-nothing-to-redo = Nothing is left to redo
told-already-tagged = This span is there already: it is chosen now
told-nothing-selected = Nothing is selected
told-nothing-selected-hint = Drag over some words, then press a label’s key.
told-all-decided-hint = { $keys } marks the article as adjudicated and goes on to the next one.
told-no-case = No disagreement is chosen
told-no-case-hint = F8 goes to the next one.
told-nothing-ticked = No annotator is ticked
told-nothing-ticked-hint = Shift and a number tick one; the number alone accepts it at once.
told-agreed-taken = { $spans ->
    [one] 1 span taken over
   *[other] { $spans } spans taken over
}, on { $documents ->
    [one] 1 article
   *[other] { $documents } articles
}
told-hidden-cases = { $n ->
    [one] Nothing is left of what the filter shows; it hides 1 disagreement that is to be decided
   *[other] Nothing is left of what the filter shows; it hides { $n } disagreements that are to be decided
}
told-hidden-cases-hint = Take the filter off above the list of disagreements to see them.
told-nothing-agreed = What all have alike is in your layer already
told-still-open = { $n ->
    [one] { $n } disagreement is still to be decided
   *[other] { $n } disagreements are still to be decided
}
told-still-open-hint = F8 goes to the next one; then mark the article as adjudicated.
told-nothing-to-decide = Nothing is left to decide
told-nothing-to-decide-hint = Of the annotators, classes and labels that are looked at. “Take over what all agree on” brings the rest.
told-no-feedback = Nobody has decided anything about your spans here
told-nothing-chosen = No span is chosen
told-nothing-chosen-hint = Click a span, or walk to it with Tab.
told-not-saved = Not saved yet: { $what }
told-not-saved-hint = Your work is kept while the window is open, and tried again.
told-read-only = This project can only be read
told-status-new = Marked as new
told-status-in-progress = Marked as in progress
told-status-done = Marked as done
told-all-done = Every article is done
told-all-done-hint = Save the dataset, or look through the articles once more.
told-imported = { $n ->
    [one] { $n } article came in
   *[other] { $n } articles came in
}
told-import-known = { $n ->
    [one] { $n } article was here already
   *[other] { $n } articles were here already
}
told-import-nothing = No articles were found there
told-import-stopped = { $n ->
    [one] Stopped: { $n } article came in before
   *[other] Stopped: { $n } articles came in before
}
told-import-notes = { $n ->
    [one] { $n } note on what came in
   *[other] { $n } notes on what came in
}
told-refused = { $n } of { $all } could not be read
told-refused-one = “{ $file }” could not be read
told-removed = Removed «{ $title }» from the list
told-label-kept = The label { $label } is out of use
told-label-kept-hint = Spans have it by now, and keep it. The label editor brings it back or merges it.
told-differs = { $n ->
    [one] { $file } was written, but one article in it reads back otherwise
   *[other] { $file } was written, but { $n } articles in it read back otherwise
}
told-not-written = { $file } was not written
told-not-written-hint = { $n ->
    [one] It would lack a change that is not saved yet. Save a copy of the project on another disk, or try again once it is saved.
   *[other] It would lack { $n } changes that are not saved yet. Save a copy of the project on another disk, or try again once they are saved.
}
told-busy-write = Another file is being written
told-busy-import = Articles are coming in already
told-busy-hint = Wait until that is done, or stop it.
told-gone = The project { $file } is not there any more
told-gone-hint = { $path } was moved, renamed or removed, or its disk is not here.
told-guest = You see what { $name } has labelled
told-guest-hint = Click the name in the status line to label under your own.
told-one-project = One project is open at a time
told-one-project-hint = Not opened: { $files }
told-settings = The settings could not be read, so the usual ones are used
told-settings-kept = What was in them is kept in { $file }
told-written = Saved as { $file }
told-loss = { $n } { $kind }
told-loss-span = – { $title }: { $span }
told-loss-document = – { $title }
told-losses = { $n ->
    [one] { $n } thing does not fit this format
   *[other] { $n } things do not fit this format
}

# The three statuses of an article.
status-new = New
status-in-progress = In progress
status-done = Done

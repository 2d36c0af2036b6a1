# What other projects and datasets would bring, and bringing it in.
merge-title = Merge
merge-dropped = { $n ->
    [one] { $file } was dropped. Is it to be opened in place of { $project }, or is what was done in it to come into { $project }?
   *[other] { $n } projects were dropped. Is { $file } to be opened in place of { $project }, or is what was done in all of them to come into { $project }?
}
merge-open = Open { $file }
merge-these = { $n ->
    [one] Merge it
   *[other] Merge them
}
merge-files = Files
merge-file = File
merge-new = New documents
merge-known = Here already
merge-edits = New edits
merge-file-spoken = { $file }: { $what }
merge-leave-out = Leave out { $file }
merge-itself = The project itself was named too. It has nothing to give to itself.
merge-looking = Reading the files…
merge-inside = What comes in
merge-n-new = { $n ->
    [one] 1 new document
   *[other] { $n } new documents
}
merge-n-known = { $n ->
    [one] 1 document here already
   *[other] { $n } documents here already
}
merge-n-edits = { $n ->
    [one] 1 new edit
   *[other] { $n } new edits
}
merge-nothing = Nothing: all of it is here already
merge-by = Edits by
merge-labels = Labels
merge-label-new = new
merge-label-changed = changed: the later change holds
merge-attribute = new attribute
merge-relation = new type of relations
merge-conflicts = { $n ->
    [one] 1 conflict, settled
   *[other] { $n } conflicts, settled
}
merge-conflicts-hint = Both sides did different things to the same span. One holds; the history keeps both.
merge-about-presence = whether it is there
merge-about-label = label
merge-about-fragments = where it begins and ends
merge-about-attribute = attribute { $name }
merge-about-note = note
merge-about-status = How far the work is
merge-about-decision = What was decided about a span of { $who }
merge-about = { $quote }: { $about }
merge-stands = { $kept } stands, not { $lost }: { $why }
merge-layer = Layer of { $who }, { $title }
merge-times = { $kept } over { $lost }
merge-says-agreed = “all agree”
merge-says-accepted = “accepted”
merge-says-edited = “edited”
merge-says-rejected = “none is right”
merge-says-undecided = “left open”
merge-says-there = “is there”
merge-says-gone = “taken out”
merge-says-nothing = “nothing”
merge-says-related = the relation
merge-why-later = it is the later one
merge-why-taken-out = what one side took out is gone
merge-why-first = both made the span, and the first one counts
merge-why-set = it was set, the other came with the span
merge-notes = Notes
merge-refused = A file is refused, so that nothing can be merged. Leave it out, or mend it.
merge-problems = { $n ->
    [one] 1 thing is refused
   *[other] { $n } things are refused
}
merge-go = { $n ->
    [0] Merge
    [one] Merge 1 edit
   *[other] Merge { $n } edits
}
merge-stop-hint = Nothing comes in
job-merge = Merging…
told-merged = { $n ->
    [one] 1 edit came in
   *[other] { $n } edits came in
}
told-merge-conflicts = { $n ->
    [one] 1 conflict was settled
   *[other] { $n } conflicts were settled
}
told-merge-nothing = Nothing came in: all of it was here already
told-merge-stopped = Stopped: nothing was merged
told-merge-refused = Nothing was merged: “{ $file }” is refused
told-merge-self = A project is not merged into itself
told-merge-self-hint = Choose the project or dataset that somebody else worked on.
told-busy-merge = A merge is under way
leave-agree = What all agree on is being taken over
leave-merge = A merge is under way
leave-merge-cut = Nothing of it would come in.

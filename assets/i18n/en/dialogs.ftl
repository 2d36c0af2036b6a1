# Dialogs: questions, lists of problems.
dialog-close = Close
annotator-title = Who annotates?
annotator-about = Each annotator has a layer of their own on every article. Nothing of the others’ changes.
annotator-field = Name
annotator-hint = Another name
annotator-use = Annotate as this
annotator-now = annotates now
annotator-cancel = Cancel
problems-title = { $n ->
    [one] One thing to know
   *[other] { $n } things to know
}
# What would be lost by closing the window or the project.
leave-unsaved = Not everything is saved
leave-import = Articles are still coming in
leave-write = A file is still being written
leave-edits = { $n ->
    [one] { $n } change of yours is only in this window’s memory.
   *[other] { $n } changes of yours are only in this window’s memory.
}
leave-why = It could not be saved: { $why }.
leave-import-cut = Articles that have not come in yet would be left out.
leave-write-cut = The file would not be written.
leave-waits = The other project opens by itself once this is done.
leave-waits-quit = The window closes by itself once this is done.
leave-stay = Stay
leave-retry = Try again to save
leave-copy = Save a copy…
leave-anyway = Open the other and lose this
leave-anyway-quit = Close and lose this
problems-copy = Copy all
problems-guessed = { $n ->
    [one] The encoding of one file was guessed. If its letters are wrong, read it again in another; the wrong article can be removed from the list.
   *[other] The encodings of { $n } files were guessed. If their letters are wrong, read them again in another; the wrong articles can be removed from the list.
}
problems-again = Read again as { $encoding }
problems-rows = Problems

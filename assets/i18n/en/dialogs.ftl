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
problems-copy = Copy all
problems-rows = Problems

# The inspector of the chosen span.

inspector-title = Chosen span
inspector-none = No span is chosen. Click one, or press Tab for the next.
inspector-label = Label: { $label }
inspector-label-hint = Choose another label
attribute-not-set = not set
attribute-other = { $name }: { $value }
attribute-other-hint = The label does not have this attribute any more
attribute-remove = Take away { $name }
note = Note
note-hint = What others should know of it
relations = Relations
relation-add = Add a relation
relation-to = { $kind } → { $text }
relation-from = { $kind } ← { $text }
relation-show = Show the other span
relation-remove = Remove the relation { $kind }
relation-cancel = No relation after all
relation-choose-kind = Choose its type.
relation-choose-target = Choose the span it leads to, here or in the article.
relation-refused = { $kind } cannot lead to that span. Choose another.
relation-no-target = No span of this article can be its target.
relation-target = To { $label }: { $text }
span-characters = Characters { $ranges }
span-bytes = Bytes { $ranges }
span-made = Made by { $who }, { $when }
span-changed = Changed by { $who }, { $when }

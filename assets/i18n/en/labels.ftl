# The label palette, the label set editor, guides.

palette-labels = Labels
palette-empty = There are no labels yet. Add one with the pencil above.
palette-edit-label = Edit { $label }…
palette-keys = { $label } ({ $keys })
palette-count =
    { $n ->
        [0] No span in this article
        [one] One span in this article
       *[other] { $n } spans in this article
    }
palette-shift = With Shift: add the selection to the chosen span

guide-title = When to use a label
guide-of = When to use { $label }
guide-none = Point at a label to read when to use it.
guide-empty = Nobody has written yet when to use it. The pencil above opens the place for that.
guide-fold = Fold the guide
guide-unfold = Unfold the guide

labels-title = Labels of the project
labels-tab-labels = Labels
labels-tab-attributes = Attributes
labels-tab-relations = Relations
labels-load = Load…
labels-save = Save as…
labels-add = Add
labels-row = Label { $label }
labels-grip = Drag to another place
labels-drag = Drag to another place. Alt+Up and Alt+Down move the row with the focus.
labels-new = New label
labels-none = There is no label yet. Add one at the left.
labels-name = Name in files
labels-english = English name
labels-arabic = Arabic name
labels-look = Line and kind
labels-color = Colour
labels-swatch = Colour { $n }: { $light } on paper, { $dark } at night
labels-color-light = On paper
labels-color-dark = At night
labels-contrast = Contrast { $ratio } : 1
labels-contrast-low = Contrast { $ratio } : 1. Below 4.5 the line is hard to see.
labels-bad-color = Write a colour as #RRGGBB, for instance #0063A6
labels-name-taken = { $name } is taken; choose another name
labels-no-values = Write at least one value
labels-key = Letter key
labels-key-is = Letter key: { $key }
labels-no-key = none
labels-key-own = The key of this label
labels-key-free = Nobody has it
labels-key-held = { $key } is the key of { $label }
labels-key-reserved = { $key } is the key of a command
labels-key-take = Take it
labels-parent = Stands under
labels-no-parent = no other label
labels-attributes = Attributes of its spans
labels-guide = When to use it
labels-guide-hint = What is marked and what is not, with examples
labels-merge = Merge into…
labels-merge-hint = All its spans count as spans of the other label. This can be undone.
labels-remove = Remove…
labels-use-this-again = Use it again
labels-out-of-use = Not in use
labels-use-again = Use { $label } again
labels-merged-into = { $label } → { $into }

labels-new-attribute = New attribute
labels-no-attribute = There is no attribute yet. Add one at the left.
labels-attribute-kind = Kind
labels-attribute-users = Spans of these labels have it
labels-values = Values, one a line
labels-first-value = first value
labels-remove-attribute = Remove the attribute
labels-remove-attribute-hint = Values that spans have stay with them. This can be undone.
attribute-flag = Yes or no
attribute-choice = Choice
attribute-text = Text

labels-new-relation = New relation
labels-no-relation = There is no type of relation yet. Add one at the left.
labels-relation-from = Leads from
labels-relation-to = Leads to
labels-relation-from-label = From { $label }
labels-relation-to-label = To { $label }
labels-any = any label
labels-remove-relation = Remove the type of relation
labels-remove-relation-hint = Relations that were made stay. This can be undone.

mark-solid = Solid line
mark-dashed = Dashed line
mark-dotted = Dotted line
mark-double = Double line
mark-wavy = Wavy line
mark-dash-dot = Dashes and dots
kind-entity = Name
kind-entity-hint = A name inside a sentence: a soft fill and a line under it
kind-statement = Statement
kind-statement-hint = A sentence that holds names: a faint fill, and its line one lane lower

remove-label-title = Remove { $label }?
remove-label-used =
    { $spans ->
        [0] No span has it, but labels were merged into it.
        [one] One span has it. What becomes of it?
       *[other] { $spans } spans have it, in { $layers ->
            [one] one article.
           *[other] { $layers } articles’ layers.
        } What becomes of them?
    }
remove-label-unknown = How many spans have it could not be read from the project. What becomes of them?
remove-label-retire = They keep it; it only leaves the palette
remove-label-merge = They count as { $label }
remove-label-hint = No span is lost, and this can be undone.
remove-label-do = Remove the label
dialog-cancel = Cancel
dialog-cancel-hint = Cancel (Esc)

# The list of the article's spans, invisible characters, the article's context menu.

outline-title = Spans
outline-empty = No spans yet. Select some words, then press a label’s key.
outline-none-of-label = This article has no span of that label.
outline-filter = Show the spans of one label
outline-all = All labels
outline-row = { $label }: { $text }

invisibles-title = Invisible characters
invisibles-switch = Show
invisibles-searching = Still looking through the article…
invisibles-none = This article has none.
invisibles-unbalanced =
    { $n ->
        [one] A bidi control has no partner. It can make the text read in another order than it is stored.
       *[other] { $n } bidi controls have no partner. They can make the text read in another order than it is stored.
    }
invisibles-show-first = Show the first
invisibles-row = { $name }, { $n }
invisibles-next = Go to the next one
invisibles-next-of = Next { $name }
invisibles-previous-of = Previous { $name }

menu-add-fragment = Add to the chosen span
menu-add-relation = Add a relation…
menu-relabel = Change the label

# Label all like this.

alike-title = Label all like this
alike-found =
    { $n ->
        [0] { $text } stands nowhere else in this article without the label { $label }.
        [one] { $text } stands in one more place. It would become { $label }.
       *[other] { $text } stands in { $n } more places. They would become { $label }.
    } { $tagged ->
        [0] { "" }
        [one] One place has it already.
       *[other] { $tagged } places have it already.
    }
alike-searching = Still looking through the article…
alike-all = All
alike-none = None
alike-show = Show it in the article
alike-tag =
    { $n ->
        [0] Tag
        [one] Tag one place
       *[other] Tag { $n } places
    }
alike-tag-hint = Tag the ticked places (Enter)
alike-close = Close

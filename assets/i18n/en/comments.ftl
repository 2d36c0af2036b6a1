# What became of an annotator's word, in the eyes of reviewers and annotators alike.

outcome-accepted = Accepted
outcome-changed = Changed
outcome-changed-to = Changed to
outcome-rejected = Rejected
outcome-missed = Missed
outcome-undecided = Left open
outcome-span = { $label } { $text }
outcome-line = { $verdict }: { $what }

# What reviewers decided about one's own spans, and comments.

feedback-count = { $n ->
    [one] One decision about your spans here
   *[other] { $n } decisions about your spans here
}
feedback-at = Decision { $at } of { $n } about your spans
feedback-since = Changed since it was decided. It was: { $was }
feedback-since-this = Changed since this was decided
feedback-follows = Changed since as it was decided. It was: { $was }
feedback-by = { $who }, { $when }
feedback-answer = Comment on it

comments-title = Comments
comments-of-project = Comments in the project
comments-filter = Show only some comments
comments-all = All
comments-open = Open
comments-resolved = Resolved
comments-mine = Mine
comments-on-chosen = On the chosen span
comments-on-document = On the article
comments-on-case = On this disagreement
comments-on-others = On other spans
comments-new = New comment
comments-new-span = Comment on the span…
comments-new-document = Comment on the article…
comments-answer = Answer…
comments-send = Send (Ctrl+Enter)
comments-resolve = Resolve
comments-reopen = Open again
comments-unsay = Take the comment back
comments-settled = Resolved: { $what }
comments-quote = «{ $quote }»
comments-quote-of = «{ $quote }» of { $who }
comments-count = { $n ->
    [one] one open
   *[other] { $n } open
}
comments-none = No comments on this article yet.
comments-none-such = No comments of that kind here.
comments-none-in-project = No such comments in this project.
comments-reading = Reading the comments…
comments-counts = { $documents ->
    [one] { $n } in 1 article
   *[other] { $n } in { $documents } articles
}
comments-last = { $n ->
    [one] { $who }
   *[other] { $who }, { $n } comments
}
comments-row = { $what }: { $text }
comments-list-filter = Only articles with open comments
comments-list-row = , { $n ->
    [one] one open comment
   *[other] { $n } open comments
}

export-spans = Spans
export-spans-of-layers = Of the layers
export-spans-rejected = Rejected spans (hard negatives)
export-spans-rejected-hint = What annotators marked and a reviewer rejected, each with the reason as its note.

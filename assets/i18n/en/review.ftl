# Reviewing what several annotators did.
group-review = Review
group-side = Review: annotators by number
cmd-next-case = Next disagreement
cmd-previous-case = Previous disagreement
cmd-review = Review mode
cmd-blind = Hide the annotators’ names
cmd-side-by-side = Layers side by side
cmd-take-agreed = Take over what all agree on…
cmd-finish-review = Mark as adjudicated
cmd-accept-ticked = Accept what is ticked
cmd-edit-case = Take over and edit
cmd-reject-all = None of these is right
cmd-leave-open = Leave open
cmd-reopen = Take the decision back
cmd-reason = Reason for the decision
cmd-accept-1 = Accept annotator 1
cmd-accept-2 = Accept annotator 2
cmd-accept-3 = Accept annotator 3
cmd-accept-4 = Accept annotator 4
cmd-accept-5 = Accept annotator 5
cmd-accept-6 = Accept annotator 6
cmd-accept-7 = Accept annotator 7
cmd-accept-8 = Accept annotator 8
cmd-tick-1 = Tick annotator 1
cmd-tick-2 = Tick annotator 2
cmd-tick-3 = Tick annotator 3
cmd-tick-4 = Tick annotator 4
cmd-tick-5 = Tick annotator 5
cmd-tick-6 = Tick annotator 6
cmd-tick-7 = Tick annotator 7
cmd-tick-8 = Tick annotator 8

# How annotators differ.
class-none = No difference
class-clitic = Proclitic only
class-clitic-short = Proclitic
class-punctuation-short = Punctuation
class-label-and-boundary-short = Label, boundary
class-split-or-merge-short = Split, merged
class-punctuation = Punctuation or space only
class-boundary = Boundary
class-label = Label
class-label-and-boundary = Label and boundary
class-split-or-merge = Split or merged
class-nesting = Nesting
class-missing = Missing
class-attribute = Attribute
class-relation = Relation

# How a disagreement stands.
standing-agreed = All agree
standing-changed = Changed since it was decided
standing-open = To be decided
standing-undecided = Left open
standing-decided = Decided

# Earlier decisions.
told-agreed = Taken over: all agreed
told-line = { $what } · { $who }, { $when }
told-line-because = { $what } · { $who }, { $when } · { $why }

# How far the review of an article is.
review-state-none = Nothing to compare
review-state-waiting = Waiting for annotators
review-state-ready = Ready for review
review-state-in-review = In review
review-state-adjudicated = Adjudicated
review-state-count = { $what }: { $n }
list-only-review = Only: { $what } ({ $n })
list-row-review = { $n ->
    [one] { $title }, { $state }, { $n } disagreement to decide
   *[other] { $title }, { $state }, { $n } disagreements to decide
}

# The panel.
review-title = Review
review-menu = What can be switched while reviewing
review-end = End reviewing
review-counts = { $here } to decide here · { $all } in the project
review-counts-blind = { $counts } · names hidden
review-counts-so-far = { $here } to decide here · { $all } in the project so far
review-compared-all = Compared: everybody
review-compared-some = { $n ->
    [one] Compared: { $n } annotator
   *[other] Compared: { $n } annotators
}
review-compared-n = { $n ->
    [one] { $n } annotator
   *[other] { $n } annotators
}
review-compared-everybody = Everybody
review-compared-blind = Names are hidden. Show them to choose who is compared.
review-compared-most = No more than { $n } at once.
review-annotator = Annotator { $n }
review-annotator-other = Annotator
review-standing-at = { $what } · { $at } of { $all }
review-relation = Relation { $kind }
review-gone = Taken back
review-gone-hint = What was decided about is not there any more. Take the decision back, or leave it as it is.
review-without = { $n ->
    [one] { $name } has nothing here
    [2] { $name } have nothing here
   *[other] have nothing here
}
review-without-relation = { $n ->
    [one] { $name } does not have this relation
    [2] { $name } do not have this relation
   *[other] do not have this relation
}
review-from = From
review-to = To
review-was-accepted = Accepted
review-was-not-accepted = Not accepted
review-is-new = New since it was decided
review-was-changed = Changed since it was decided
review-was-label = was { $was }, now { $now }
review-was-text = was «{ $was }»
review-was-attribute = { $name } was { $was }
review-was-without = { $name } is new
review-lost = { $who } has taken back { $label } «{ $text }»
review-number = { $who } · { $accept } · { $tick }
review-accept = Accept annotator { $n } ({ $n })
review-accept-several = Accept annotators { $numbers }
review-tick = Tick annotator { $n }
review-tick-several = Tick annotators { $numbers }
review-edit = Take over from annotator { $n } and edit
review-edit-several = Take over from annotators { $numbers } and edit
review-reject = Reject annotator { $n }
review-reject-several = Reject annotators { $numbers }
review-threads = { $n ->
    [one] { $n } thread of comments
   *[other] { $n } threads of comments
}
review-attribute = { $name }: { $value }
review-note = Note: { $note }
review-reason = Reason for the decision
review-reason-none = No reason
review-reason-own = In your own words
review-reason-keep = Keep it in the project’s list of reasons

# Where there is no disagreement.
review-nobody-project = Nobody else has labelled anything here
review-nobody-project-hint = Bring in the other annotators’ projects or datasets first, or annotate under another name.
review-nobody-here = Nobody else has labelled this article
review-nobody-here-hint = Go on to the next article with something to decide.
review-nobody-chosen = None of those compared has labelled this article
review-nobody-chosen-hint = Go on to the next disagreement, or compare others.
review-read-only = The project is open for reading only: nothing can be decided.
review-one-only = Only { $name } has labelled this article: nobody disagrees. To accept single spans, list what is agreed on, too.
review-one-only-blind = Only one annotator has labelled this article: nobody disagrees. To accept single spans, list what is agreed on, too.
review-left-out = { $n ->
    [one] { $n } annotator is not shown: choose who is compared.
   *[other] { $n } annotators are not shown: choose who is compared.
}
review-some-open = { $n ->
    [one] { $n } disagreement is to be decided
   *[other] { $n } disagreements are to be decided
}
review-nothing-here = Nothing is to be decided here
review-all-decided = Everything here is decided
review-adjudicated = This article is adjudicated
review-agreed = { $n ->
    [one] All agree on { $n } span that is not in your layer yet.
   *[other] All agree on { $n } spans that are not in your layer yet.
}

# The list of disagreements.
cases-title = Disagreements
cases-all = What is decided or agreed on, too
cases-any-class = Of any kind
cases-only = Only: { $what }
cases-none = None is to be decided on this article.
cases-none-filtered = None fits this filter.
cases-row = { $class }, { $text }, { $standing }

# Taking over what all agree on.
take-agreed-title = Take over what all agree on
take-agreed-here = { $n ->
    [0] Nothing on this article is new: what all { $who } annotators have alike is in your layer, or you have decided otherwise.
    [one] 1 span of this article, which all { $who } annotators have alike, is not in your layer yet.
   *[other] { $n } spans of this article, which all { $who } annotators have alike, are not in your layer yet.
}
take-agreed-only = { $n ->
    [0] One annotator has labelled this article, and nothing of that is new: it is in your layer, or you have decided otherwise.
    [one] One annotator has labelled this article: 1 span of that is not in your layer yet. There is nobody to agree with; it comes in as accepted.
   *[other] One annotator has labelled this article: { $n } spans of that are not in your layer yet. There is nobody to agree with; they come in as accepted.
}
take-agreed-finish = Without them, the adjudicated article would lack what nobody disagrees on.
take-agreed-undo = It is one step, which can be taken back.
take-agreed-counting = Counting the whole project…
take-agreed-all = { $spans ->
    [0] In the whole project nothing is new.
    [one] In the whole project it is 1 span, on 1 of { $shared } articles that two or more have labelled.
   *[other] In the whole project they are { $spans } spans, on { $documents } of { $shared } articles that two or more have labelled.
}
take-agreed-do = Take over here
take-agreed-do-all = Take over in all articles
take-agreed-do-finish = Take over and finish
take-agreed-just-finish = Finish without them
job-agree = Taking over what all agree on…

# When an article is ready for review.
review-rule = An article is ready for review when all to whom it is assigned are done; one that is assigned to nobody when so many are:
review-rule-n = { $n ->
    [one] { $n } annotator
   *[other] { $n } annotators
}
review-rule-fewer = Fewer annotators
review-rule-more = More annotators

# The reasons of a project that keeps none of its own.
review-usual-guidelines = Not what the guidelines mean
review-usual-proclitic = Proclitic belongs outside
review-usual-edges = Edges too wide or too narrow
review-usual-label = Another label
review-usual-missed = Missed
review-usual-twice = Marked twice
review-usual-doubtful = Doubtful text

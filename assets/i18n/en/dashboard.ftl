# How far annotators agree and how the work goes.

dashboard = Dashboard
dashboard-close = Back to the article
dashboard-hidden = The dashboard names the annotators, and the review is blind. Show their names first.
dashboard-show-names = Show the annotators’ names
dashboard-computing = Computing…
dashboard-computing-percent = Computing… { $n } %
dashboard-current = Up to date
dashboard-behind = Something new was saved
dashboard-failed = It could not be computed
dashboard-nothing = There is nothing to compare yet: two annotators must have worked on the same article.
dashboard-alone = There is nothing to compare yet: only one annotator has worked here, { $name }.
dashboard-nobody = There is nothing to compare yet: nobody has worked here.
dashboard-compared =
    { $documents ->
        [one] One article
       *[other] { $documents } articles
    } that two or more share · { $annotators } annotators · { $spans } spans

dashboard-all-annotators = All annotators ({ $n })
dashboard-some-annotators = { $n } of { $all } annotators
dashboard-everybody = Everybody
dashboard-all-labels = All labels
dashboard-some-labels = { $n } of { $all } labels
dashboard-every-label = All labels
dashboard-gamma-on = γ: on
dashboard-gamma-off = γ: off
dashboard-gamma-hint = γ and γ-cat, which take nested spans of one label. They compare with random annotations that are drawn for each article: a thousand articles take minutes, and every change is computed anew.
dashboard-intervals = Under each number: its 95 % bootstrap interval over articles.
dashboard-tokens = For information only: most tokens have no label, and agreeing on those inflates these:
dashboard-exact = Exact
dashboard-overlap = Overlap
dashboard-no-interval = no interval

dashboard-no-span = nothing
dashboard-no-spans = No spans are taken so.
dashboard-choose-cell = Choose a cell to see the spans behind it. Spans are paired one to one as in the review.
dashboard-spans = { $left } taken for { $right }: { $n }
dashboard-said = { $who }: { $text }
dashboard-more = { $n } more in the report
dashboard-close-spans = Close the list

dashboard-over-time = Agreement over time (F1 so far)
dashboard-one-day = All that is compared was made on one day, { $day }: exact { $exact }, overlap { $overlap }, over { $documents ->
        [one] one article
       *[other] { $documents } articles
    }.
dashboard-no-day = No article that two share has a span yet.
dashboard-work-by-day = Spans so far
dashboard-spans-of = { $who } { $n }
dashboard-annotator = Annotator
dashboard-done = Done
dashboard-begun = Begun
dashboard-span-count = Spans
dashboard-hours = Hours
dashboard-spans-an-hour = Spans/h
dashboard-documents-an-hour = Articles/h
dashboard-speed-hint = Hours at work: gaps of up to five minutes between an annotator’s edits count.
dashboard-untimed = “–”: no time was measured, since what was imported came at one moment, or it was less than a minute.

dashboard-save = Save…
dashboard-save-report = Report as HTML…
dashboard-save-svg = Picture as SVG
dashboard-save-png = Picture as PNG
dashboard-save-csv = Table as CSV
dashboard-table-measures = Measures
dashboard-table-labels = By label
dashboard-table-pairs = By pair
dashboard-table-pair-labels = By pair and label
dashboard-table-documents = Articles that agree least
dashboard-table-features = Attributes and relations
dashboard-table-confusion = Labels taken for each other
dashboard-table-classes = Disagreements by class
dashboard-table-annotators = Estimates of annotators
dashboard-table-label-estimates = Estimates of labels
dashboard-table-counts = Spans by annotator and label
dashboard-table-progress = Progress and speed
dashboard-table-days = By day

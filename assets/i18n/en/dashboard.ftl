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
dashboard-gamma = Gamma
dashboard-gamma-hint = Compute gamma as well: with many articles it takes a while
dashboard-gamma-cat = Gamma-cat
dashboard-cohen-kappa = Cohen’s kappa (tokens)
dashboard-fleiss-kappa = Fleiss’ kappa (tokens)
dashboard-krippendorff = Krippendorff’s alpha (tokens)
dashboard-u-alpha = u-alpha
dashboard-u-alpha-binary = u-alpha, units alone
dashboard-cu-alpha = cu-alpha
dashboard-ku-alpha = (k)u-alpha
dashboard-exact = Exact
dashboard-overlap = Overlap
dashboard-no-interval = no interval

dashboard-no-span = nothing
dashboard-spans = { $left } taken for { $right }: { $n }
dashboard-said = { $who }: { $text }
dashboard-more = { $n } more in the report
dashboard-close-spans = Close the list

dashboard-over-time = Agreement over time (F1 so far)
dashboard-work-by-day = Spans so far
dashboard-annotator = Annotator
dashboard-done = Done
dashboard-begun = Begun
dashboard-span-count = Spans
dashboard-hours = Hours
dashboard-spans-an-hour = Spans/h
dashboard-documents-an-hour = Articles/h
dashboard-speed-hint = Hours at work: gaps of up to five minutes between an annotator’s edits count.

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

# The list of articles.
articles = List of articles
list-filter = Filter by title or text
list-only = Only: { $what }
list-any-label = With any label
list-with-label = Only with { $label }
list-mine = Only articles assigned to me
list-count = { $n ->
    [one] { $n } article
   *[other] { $n } articles
}
list-count-of = { $n } of { $all }
list-row = { $n ->
    [one] { $title }, { $status }, { $n } span
   *[other] { $title }, { $status }, { $n } spans
}
list-row-hit = , found in the text
list-empty = No articles yet. Open some, or drop files on the window.
list-searching = Searching the texts…
list-filtered = No article fits this filter.
list-clear = Clear the filter
list-open = Open
list-about = Title and metadata…
list-remove = Remove from the list

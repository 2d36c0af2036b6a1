# The find bar over the article.
find-field = Find in the article
find-close = Close
find-exact = Exactly as written: marks, hamza and capitals count
find-count = { $n ->
    [0] Not found
    [one] 1 found
   *[other] { $n } found
}
find-place = { $at } of { $n }
find-so-far = { $n } so far…
find-everywhere = Search all articles
find-everywhere-tip = Filters the list of articles by these words

# The bar at the top.
menu = Menu
no-project = No project
project-is = Project: { $name }
recent-projects = Recent projects
article-at = Article { $n } of { $all }
article-hidden = { $all ->
    [one] Not the one article shown
   *[other] Not among the { $all } articles shown
}
title-is = Title: { $title }
title-hint = Click for title and metadata
status-is = Status: { $status }
status-menu = Status of this article

# The command palette.
palette-name = Commands
palette-field = Find a command, a label or an article
palette-nothing = Nothing is called so. Try fewer letters.
palette-label = Label: { $name }
palette-article = Article: { $title }
palette-rows = Matches

# Names of the commands, as menus, tooltips, the palette and the help sheet show them.
# A name that ends in … opens a question first.

group-app = Program
group-project = Project
group-document = Articles
group-edit = Edit
group-span = Spans
group-edge = Edges of the chosen span
group-caret = Caret and selection
group-view = View

cmd-palette = Find a command…
cmd-help = Shortcuts and help
cmd-settings = Settings…
cmd-back = Back
cmd-quit = Quit

cmd-new-project = New project…
cmd-open-project = Open project…
cmd-open-files = Open articles…
cmd-open-folder = Open a folder of articles…
cmd-open-dataset = Open dataset…
cmd-open-sample = Try the sample project
cmd-save-dataset = Save dataset as…
cmd-save-copy = Save a copy of the project…
cmd-import = Import…
cmd-merge = Merge…
cmd-import-utf8 = Import as UTF-8…
cmd-import-windows-1256 = Import as Windows-1256 (Arabic)…
cmd-import-utf16le = Import as UTF-16 LE…
cmd-import-utf16be = Import as UTF-16 BE…
cmd-export = Export…
cmd-edit-labels = Edit the labels…

cmd-next-document = Next article
cmd-previous-document = Previous article
cmd-done-and-next = Done, and the next one that is not
cmd-mark-done = Mark as done
cmd-filter-articles = Filter the articles
cmd-next-decision = Next decision about my spans
cmd-previous-decision = Previous decision about my spans
cmd-comments = Comments
cmd-all-comments = Comments in the project…
cmd-mark-new = Mark as new
cmd-mark-in-progress = Mark as in progress

cmd-undo = Undo
cmd-redo = Redo
cmd-copy = Copy
cmd-copy-with-reference = Copy with article and position
cmd-select-word = Select the word
cmd-select-sentence = Select the sentence
cmd-select-all = Select the whole article
cmd-find = Find in the article
cmd-find-next = Find the next
cmd-find-previous = Find the previous

cmd-next-span = Next span
cmd-previous-span = Previous span
cmd-edit-span = Edit the span’s attributes and note
cmd-remove-span = Remove the span
cmd-proclitic = Take in or leave out the proclitic
cmd-comment-span = Comment on the span
cmd-label-all = Label all like this…

cmd-end-left = Move the end left
cmd-end-right = Move the end right
cmd-end-word-left = Move the end a word left
cmd-end-word-right = Move the end a word right
cmd-start-left = Move the start left
cmd-start-right = Move the start right
cmd-start-word-left = Move the start a word left
cmd-start-word-right = Move the start a word right

cmd-caret-left = Caret left
cmd-caret-right = Caret right
cmd-caret-word-left = Caret a word left
cmd-caret-word-right = Caret a word right
cmd-caret-line-start = Caret to the start of the line
cmd-caret-line-end = Caret to the end of the line
cmd-caret-line-up = Caret a line up
cmd-caret-line-down = Caret a line down
cmd-caret-page-up = Caret a screen up
cmd-caret-page-down = Caret a screen down
cmd-caret-document-start = Caret to the start of the article
cmd-caret-document-end = Caret to the end of the article
cmd-select-left = Extend the selection left
cmd-select-right = Extend the selection right
cmd-select-word-left = Extend the selection a word left
cmd-select-word-right = Extend the selection a word right
cmd-select-line-start = Extend the selection to the start of the line
cmd-select-line-end = Extend the selection to the end of the line
cmd-select-line-up = Extend the selection a line up
cmd-select-line-down = Extend the selection a line down
cmd-select-page-up = Extend the selection a screen up
cmd-select-page-down = Extend the selection a screen down
cmd-select-document-start = Extend the selection to the start of the article
cmd-select-document-end = Extend the selection to the end of the article

cmd-theme-system = Light or dark as the system
cmd-theme-paper = Light
cmd-theme-night = Dark
cmd-zoom-in = Zoom in
cmd-zoom-out = Zoom out
cmd-zoom-reset = Original size
cmd-text-larger = Larger text
cmd-text-smaller = Smaller text
cmd-lines-wider = Lines further apart
cmd-lines-closer = Lines closer together
cmd-font = Choose the article’s font…
cmd-label-first = Label first: a drag tags at once
cmd-trim = Trim spaces and punctuation off selections
cmd-invisible = Show invisible characters
cmd-fold-left = Fold the left margin
cmd-fold-right = Fold the right margin
cmd-dashboard = Dashboard
cmd-swap-sides = Swap the margins

# The export: choices, what is lost, what was written.
export-title = Export
export-format = Format
export-holds-all = Holds everything.
export-lacks = Cannot hold: { $what }.
export-whose = Layers
export-together = All, by name
export-apart = All, each apart
export-which = Documents
export-all = All { $n }
export-shown = { $n } in the list
export-scheme = Tags
export-unit = Ranges in
export-code-points = Code points
export-utf16 = UTF-16
export-bytes = Bytes
export-columns = Columns
export-split = Parts
export-split-on = Train, validation, test
export-shares = Shares
export-seed = Seed
export-bad-split = The shares are two or three numbers, such as 80/10/10
export-bad-seed = The seed is a whole number
export-file = File
export-folder = Folder
export-choose = Choose where…
export-replaces = This file exists and will be replaced
export-no-folder = The folder around it does not exist. Choose one that does.
export-is-project = A project is there, which would be lost. Choose another name.
export-is-folder = This is a folder. Add a file name.
export-holds-something = This folder holds something already. Choose a new name.
export-is-file = This is a file, and a folder is written. Choose another name.
export-loss = What would be lost
export-foreseeing = Counting what would be lost…
export-no-loss = Nothing is lost
export-more = and { $n } more
export-go = Export
export-replace = Replace the file
export-stop-hint = Nothing is written then
export-amount = { $documents ->
    [one] 1 document
   *[other] { $documents } documents
}, { $spans ->
    [one] 1 span
   *[other] { $spans } spans
}
export-files = { $n } files
export-read-back = Read back and compared
export-equal = Equal to what was written
export-differs = { $n ->
    [one] 1 document reads back otherwise
   *[other] { $n } documents read back otherwise
}
export-difference = { $title }: { $what }
export-lost = What was lost
export-save-report = Save the report…
export-report-saved = The report is in { $path }
feature-nested = nested spans
feature-crossing = crossing spans
feature-same-range = several labels on one range
feature-discontinuous = spans in pieces
feature-relations = relations
feature-attributes = attributes
feature-notes = notes
feature-predictions = layers of models
feature-status = status
feature-title = titles
feature-ids = ids
feature-metadata = metadata
feature-empty = documents without text
feature-definitions = colours and keys of labels
feature-history = history
feature-annotators = names of annotators
feature-characters = control characters

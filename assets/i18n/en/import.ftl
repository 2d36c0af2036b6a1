# What is in files before they come in.
import-title = Import
import-files = Files
import-more-files = { $n ->
    [one] and 1 more file
   *[other] and { $n } more files
}
import-waiting = { $n ->
    [one] 1 more file waits
   *[other] { $n } more files wait
}
import-format = Format
import-unknown = Find out
import-detected = Found out: { $format }
import-encoding = Encoding
import-guess = Guess
import-annotator = Annotator
import-annotator-hint = Gets the spans for which the file names nobody
import-inside = What is in it
import-looking = Reading the files…
import-so-far = { $amount } so far…
import-first = First documents
import-more-documents = { $n ->
    [one] and 1 more document
   *[other] and { $n } more documents
}
import-no-spans = no spans
import-by = by { $names }
import-labels = Labels
import-attributes = Attributes
import-relations = Relations
import-new-labels = { $n ->
    [one] 1 label is new
   *[other] { $n } labels are new
}
import-new-label = New label { $name }
import-new-name = New: { $name }
import-rename = Name the new label of { $name }
import-becomes = What { $name } becomes
import-same = same
import-alias = alias
import-chosen = chosen
import-new = new
import-names-cut = There are more names than are listed here
import-own-labels = A dataset brings its own labels, with all edits.
import-load-map = Load mapping…
import-save-map = Save mapping…
import-map-hint = The file that import --labels reads
import-map-loaded = The mapping was loaded
import-map-saved = The mapping was saved
import-problems = { $n ->
    [one] 1 document cannot come in
   *[other] { $n } documents cannot come in
}
import-below = { $what }: see below
import-place = { $file }, line { $line }
import-go = Bring in
import-atomic = All or nothing
import-atomic-hint = Where one document cannot come in, none does

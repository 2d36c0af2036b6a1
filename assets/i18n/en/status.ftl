# The bar at the bottom.
saved = Saved
saving = Saving…
not-saved = Not saved
# What the accessibility tree tells programs: their words are part of the contract.
saved-value = Saved { $n } edits
saving-value = Saving…
retry = Retry
retry-hint = Try to save again. Your work is kept here until it is saved.
read-only = Read only
annotator-is = Annotator: { $name }
annotator-change = Annotate as somebody else
place-paragraph = paragraph { $n } of { $all }
place-at = at { $n }
place-selected = { $n } selected
place-hint = In Unicode code points from 0, as exports count
progress = Progress
done-of = { $n } of { $all } done
encoding-hint = The encoding of the file that this article came from
zoom-percent = { $n } %

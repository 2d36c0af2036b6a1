# Title, metadata and assignments of an article.

document-title = About the article
document-name = Title
document-metadata = Metadata
document-new-key = Key
document-new-value = Value
document-add-value = Add to the metadata
document-key-taken = The article has this key already; change its value above
document-remove-value = Remove { $key }
document-assigned = Who is to annotate it
document-assigned-none = Nobody is named, so anybody may.
document-assigned-hidden = Names are hidden: the review is blind.
document-new-annotator = Name
document-assign = Assign
document-unassign = Do not assign { $who } any more

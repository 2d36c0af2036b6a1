# The label palette, the label set editor, guides.

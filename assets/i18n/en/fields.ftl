# Text fields and labels of text.

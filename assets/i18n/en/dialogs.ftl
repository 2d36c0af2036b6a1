# Dialogs: questions, file paths, merging labels.

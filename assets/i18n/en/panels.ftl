# The margins: list of articles, inspector, outline, find bar.

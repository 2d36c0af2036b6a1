# The article view: its menu, notices inside the text.

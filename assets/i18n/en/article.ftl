# The article view: its menu, notices inside the text.
article-scroll-bar = Scroll the article

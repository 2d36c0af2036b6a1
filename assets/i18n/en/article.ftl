# The article view: its menu, notices inside the text.
article-scroll-bar = Scroll the article

# Several annotators' layers over the text. $n is the annotator's number, from 1.
article-compared-agrees = annotator { $n }, agrees
article-compared-disagrees = annotator { $n }, disagrees
article-compared-told-quiet = Annotator { $n }: { $label }
article-compared-told-loud = Annotator { $n }: { $label }, not agreed on

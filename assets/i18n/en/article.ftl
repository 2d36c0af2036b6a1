# The article view: its menu, notices inside the text.
article-scroll-bar = Scroll the article

# Several annotators' layers over the text. $n is the annotator's number, from 1.
article-compared-agrees = annotator { $n }, agrees
article-compared-disagrees = annotator { $n }, disagrees
article-compared-told-quiet = Annotator { $n }: { $label }
article-compared-told-loud = Annotator { $n }: { $label }, not agreed on

# Layers side by side, where not all have room. $first and $last are the columns in view, $all how many there are.
panes-scroll-bar = Scroll the columns sideways
panes-shown = { $first }–{ $last } of { $all }
panes-shown-one = { $first } of { $all }

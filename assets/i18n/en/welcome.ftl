# The screen that stands in the article’s place while there is none.
app-name = Hashiya
app-says = the note in a book’s margin
welcome-articles = Open articles
welcome-articles-about = Text files in Arabic or any other language. They are copied, never changed.
welcome-dataset = Open a dataset
welcome-dataset-about = A .ron file with articles, labels and spans.
welcome-sample = Try the sample
welcome-sample-about = Eight articles that two people have labelled, to play with.
welcome-drop = Or drop files or a folder on this window.
welcome-all-done = { $n ->
    [one] The article is done
   *[other] All { $n } articles are done
}
welcome-all-done-hint = Save the dataset, export it, or look through the articles once more.
welcome-back = Back to the article
welcome-choose = { $n } of { $all } articles are done
welcome-choose-hint = Choose one from the list, or go on where it is not done yet.
welcome-next = Open the next one

# Toasts: what they offer. What they tell is in words.ftl.
toast-close = Close
toast-undo = Undo
toast-redo = Redo
toast-show = Show
toast-retry = Retry
toast-times = { $n } times

# Toasts: what happened, and what to do.

# The help sheet and the command palette.

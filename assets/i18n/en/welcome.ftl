# The first screen.

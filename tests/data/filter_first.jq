# The first of the pages, as it is.
.[0]

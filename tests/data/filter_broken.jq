# a comment, so that the fault is in line 2
.samples | | .

. # an adapter of our own: the source speaks vigie-samples/1 itself

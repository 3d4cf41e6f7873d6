last(range(1e12))

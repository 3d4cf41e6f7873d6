[range(1e9)]

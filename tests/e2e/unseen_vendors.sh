#!/bin/bash
# Vendors that nobody here has seen: three filters as an outsider writes them from the rules of vigie-samples/1, and
# each of these rules with an answer that keeps it and one that breaks it.
. "$(dirname "$0")/lib.bash"
skip_without python3 python3
exec python3 tests/e2e/unseen_vendors.py "$vigie" tests/e2e/unseen

# As adapters do with an error inside a 200.
if .errors then error("vendor: \(.errors[0].message)") else . end

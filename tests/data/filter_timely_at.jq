# The answer with its own time, by a filter that looks at ours.
if $now > 0 then . else error("no time") end

# Intercom: POST /conversations/search or /tickets/search with "per_page": 1   one request per figure: `total_count`, whatever the page holds
# $cfg.count_id, count_window (now), count_dims say which.
if type == "object" and (.total_count | type) == "number" then .
else error("intercom: \((objects | .errors[0]?.message) // "no total_count in the answer")") end
| {samples: [{id: $cfg.count_id, value: .total_count, window: ($cfg.count_window // "now"), dims: ($cfg.count_dims // {})}]}

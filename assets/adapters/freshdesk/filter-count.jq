# Freshdesk: GET /api/v2/search/tickets?query="..."   one request per figure: $cfg.count_id, count_window (now), count_dims say which
# `total` is right although a page has 30 rows at most; the rows are not read.
if type == "object" and (.total | type) == "number" then .
else error("freshdesk: \((objects | .description // .message) // "no total in the answer")") end
| {samples: [{id: $cfg.count_id, value: .total, window: ($cfg.count_window // "now"), dims: ($cfg.count_dims // {})}]}

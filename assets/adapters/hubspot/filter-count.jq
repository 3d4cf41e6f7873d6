# HubSpot: POST /crm/v3/objects/<object>/search with "limit": 1   one request per figure: `total`, whatever the page holds
# $cfg.count_id, count_window (now), count_dims say which. TRAP: the search may answer 200 with an object that is an error.
if type == "object" and (.total | type) == "number" then .
else error("hubspot: \((objects | .message) // "no total in the answer")") end
| {samples: [{id: $cfg.count_id, value: .total, window: ($cfg.count_window // "now"), dims: ($cfg.count_dims // {})}]}

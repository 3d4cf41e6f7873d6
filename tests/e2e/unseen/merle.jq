# Centrale Merle (made up): a table as texts, "81,5 %", "n/a", "1 204", "1:02:31", no counts but for the surveys.
# Its pages are numbered, so the answer may be an array of pages.
def number: if type == "number" then . else tostring | gsub("[  %\\s]"; "") | sub(",$"; "") | sub(","; ".")
  | if test("^-?[0-9]+([.][0-9]+)?$") then tonumber else null end end;
def clock: if type == "string" and test("^[0-9]+(:[0-9]{2})+$") then reduce (split(":")[] | tonumber) as $part (0; . * 60 + $part) else null end;
(if type == "array" then . else [.] end)
| map(if has("lignes") then .lignes else error("merle: no lignes: " + (tojson | .[0:60])) end) | add
| {samples: [.[] | select(.file != "Total") | {queue: .file} as $dims
   | {id: "service_level", value: (.taux | number), window: ($cfg.window // "30m"), dims: $dims},
     {id: "csat_rate", value: (.satisfaits | number), n: ((.avis | number) // 0), window: "rolling_7d", dims: $dims},
     {id: "longest_wait_s", value: (.plus_ancien | clock), window: "now", dims: $dims},
     {id: "ewt", value: (.estime | clock), window: "now", dims: $dims}]}

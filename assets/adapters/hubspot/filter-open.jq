# HubSpot: POST /crm/v3/objects/tickets/search, the open tickets   window: now   dims: queue = pipeline, type = stage
# $cfg.pipelines = {"<pipeline id>": {"name", "stages": {"<stage id>": "<name>"}}}: what is listed and has no ticket is 0
# Pages (`after`) come as an array. All rows must be there: fewer than `total` is a failed answer, never a smaller figure.
def pages: if type == "array" then .[] else . end;
def checked:
  ([pages | select(type != "object" or (.total | type) != "number")] | first) as $bad
  | if $bad != null then error("hubspot: \(($bad | objects | .message) // "no total in the answer")") else . end;
def rows:
  ([pages.total] | max // 0) as $total
  | ([pages.results[]?] | unique_by(.id)) as $rows
  | if ($rows | length) < $total then error("hubspot: \($rows | length) of \($total) rows; the source must turn the pages, or the query be narrower") else $rows end;
# Times are texts: ISO-8601, or milliseconds since 1970 (both are seen).
def epoch:
  if . == null then null
  elif type == "number" or test("^[0-9]+$") then (tonumber / 1000)
  else (try (sub("[.][0-9]+Z$"; "Z") | fromdateiso8601) catch null) end;
def gauge($id; $v; $d): {id: $id, value: $v, window: "now", dims: $d};
checked
| [rows[] | .properties | {p: (.hs_pipeline // "0"), s: (.hs_pipeline_stage // "-"), born: (.createdate | epoch)}] as $t
| ($cfg.pipelines // {}) as $names
| (([$names | to_entries[] | .key as $p | (.value.stages // {} | keys[]) | {p: $p, s: .}] + [$t[] | {p, s}]) | unique) as $places
| {samples: [
    ( $places[] as $at
      | gauge("tickets_open_now"; ([$t[] | select(.p == $at.p and .s == $at.s)] | length);
              {queue: ($names[$at.p].name // $at.p), type: ($names[$at.p].stages[$at.s] // $at.s)}) ),
    ( ([$places[].p] + ($names | keys) | unique)[] as $p
      | [$t[] | select(.p == $p)] as $of
      | gauge("oldest_ticket_s";
              (if any($of[]; .born == null) then null else ([0, ($of[] | $now - .born)] | max) end);
              {queue: ($names[$p].name // $p)}) )
  ]}

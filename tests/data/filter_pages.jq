# How many rows there are on all pages together.
{samples: [{id: "waiting_now", value: (map(.rows | length) | add), window: "now", dims: {}}]}

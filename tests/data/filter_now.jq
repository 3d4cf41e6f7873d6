# The moment that the filter is told, as a figure.
{samples: [{id: "waiting_now", value: $now, window: "now", dims: {}}]}

{samples: [{id: "waiting_now", value: length, window: "now", dims: {}}]}

{samples: [{id: "waiting_now", value: 1, window: "yesterday", dims: {}}]}

{samples: [{id: "waiting_now", value: ($now | floor), window: "now", dims: {}}]}

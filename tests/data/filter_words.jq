# How many characters a name has, to see how its bytes were read.
{samples: [{id: "waiting_now", value: (.name | explode | add), window: "now", dims: {}}]}

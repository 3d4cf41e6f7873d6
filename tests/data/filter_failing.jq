error("acme: queues are closed")

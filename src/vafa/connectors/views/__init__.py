"""Pages of the connectors room, by noun: the import, sources of tracking events."""

"""Pages of the demo, by noun."""

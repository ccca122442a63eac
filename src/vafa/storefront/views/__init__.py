"""Pages of the shop window, by noun."""

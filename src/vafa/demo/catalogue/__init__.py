"""What lies on the shelves of the simulated shop: pure data from a seed, no Django, no clock.

Two thousand books: the classics and inventions of `titles`, and for each shelf families of titles whose parts fit each
other (`words/*.toml`). Authors and publishers are invented; of those who lived only the classics are named.
"""

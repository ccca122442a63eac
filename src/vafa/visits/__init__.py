"""What the browsers of real visitors measured: how fast the window's pages came, how steady they stood, whether
they failed.

Owns visits (kept some days) and their daily sums (kept). Refuses to know who a visitor was: no address, no cookie, no
account, nothing that joins two pages; and how fast a server answered (that is measured elsewhere).
"""

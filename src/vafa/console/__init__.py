"""The staff's own pages that are made of several rooms: today, and the first report on the shop's history.

Owns: the kept report. Refuses: rules and figures of its own; each comes from the room or the engine that knows it.
"""

"""Service level agreements in both directions, what became of each level, and the probe of the shop's own pages.

Owns partners, agreements with their versions, measured levels, credits to be claimed or given, and the uptime figures.
Refuses to own what is measured (parcels, promises: the rooms below) and security incidents (a room of their own).
"""

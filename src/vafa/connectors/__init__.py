"""Doors through which a shop's history comes in: files, column mappings, import runs with their rejects.
And the doors of carriers: their folders, sources with their secrets, the inbox of what they sent.

Refuses: what an order, a parcel or a promise is. It reads rows and hands them to the rooms that know.
"""

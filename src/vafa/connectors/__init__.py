"""Doors through which a shop's history comes in: files, column mappings, import runs with their rejects.

Refuses: what an order, a parcel or a promise is. It reads rows and hands them to the rooms that know.
"""

"""Doors of the orders room."""

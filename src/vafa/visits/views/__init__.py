"""Doors of the visits room."""

"""Doors of the catalog room."""

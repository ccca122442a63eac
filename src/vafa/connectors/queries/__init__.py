"""Reads of the connectors room."""

"""Writes of the connectors room: importing an export, and the runs that remember it."""

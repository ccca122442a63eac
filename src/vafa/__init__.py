"""Vafa: a shop makes only promises it can keep, keeps them, and proves it."""

__version__ = "0.1.0"

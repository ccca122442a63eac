"""Backups: made while the shop works, read back before they count, restored as a whole or not at all.

A backup is a folder: `manifest.json`, the database (`database.sqlite3`, or `tables/*.csv` from PostgreSQL) and `home/`
with the secret key, the signing keys and the uploaded files.
"""

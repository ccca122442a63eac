"""How products are found: an index of their words on disk, made from the database and never the truth.

`documents` says what the index knows of a product, `index` keeps it, `asking` answers.
"""

"""The shop window: what customers see of the catalogue, with an honest date for their city.

Owns no tables. Refuses: what products are (catalog), how dates are worked out (delivery), pages of the staff (console).
"""

"""The shop window: what customers see of the catalogue, with an honest date for their city; and the widget that shows
the same on pages of other stores.

Owns one table: the sites on which the widget may ask. Refuses: what products are (catalog), how dates are worked out
(delivery), pages of the staff (console) but the one that opens the widget.
"""

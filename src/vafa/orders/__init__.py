"""Orders as facts: what was ordered, when, from where, to where; what buyers said afterwards.

Refuses: parcels and dates of delivery (delivery), what was promised (promises).
"""

"""The ledger: every promise to a customer or from a supplier, what became of it, and the proof.

Owns promises, their events, receipts, signing keys and seals. Refuses to own what a promise is about (orders, parcels,
tickets are references here) and who the customer is: nothing in these tables is personal data.
"""

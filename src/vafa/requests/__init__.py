"""What customers ask besides buying: that something is wrong with an order, for a copy of their data, to be forgotten.

Each is answered by a stated moment, which is a promise in the ledger. Refuses: what an order is (orders), what any room
knows of a person (the room itself says how it is told and forgotten; `config.personal` lists them).
"""

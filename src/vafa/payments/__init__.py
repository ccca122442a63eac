"""Money: payments of customers, the gateways by which they come, and what goes back to them.

Owns payments, accounts at gateways, and refunds, each claimed once from a remedy that came due or owed by a room above.
Refuses to know what was bought (rooms above claim what became of a payment) and to decide whether a refund is owed.
"""

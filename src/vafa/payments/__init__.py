"""Money that goes back to customers: refunds owed and given.

Owns refunds, each claimed once from a remedy that came due. Refuses to move money itself (gateways come as
adapters) and to decide whether a refund is owed: promises does that.
"""

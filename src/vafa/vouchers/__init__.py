"""Vouchers: what a customer may take off one order, issued once for each reason and redeemed once.

Owns vouchers and their redemption. Refuses to know why one is owed (promises decides that) and who the customer is: it
holds the shop's customer number.
"""

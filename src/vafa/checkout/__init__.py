"""Checkout: baskets with promised prices, purchases on their way to an order, taxes, and checks that hold an order.

Owns baskets, purchases, rules of taxes and of checks, and holds. Refuses: what an order is (orders), money and gateways
(payments), dates and windows (delivery), and pages for customers (storefront).
"""

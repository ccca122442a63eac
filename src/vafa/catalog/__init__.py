"""What the shop sells: categories, products with their variants, prices, stock and pictures, and how they are found.

Refuses: orders (orders), promises of dates (delivery), pages for customers (storefront), what rivals ask (pricing).
"""

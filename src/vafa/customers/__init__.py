"""Who a customer is: number, name, language, zone, where he is reached, what he agreed to.

Owns all personal data of customers; other rooms hold the number (`ref`) and nothing else. Refuses: what was ordered
(orders), what was promised (promises), what was written to him (messages).
"""

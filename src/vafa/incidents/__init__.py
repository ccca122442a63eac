"""Security incidents, and the notices that follow from each by law and by the shop's own guarantee.

Owns incidents, whom they concern (by customer number only), the rules with their deadlines, the notices, and the log of
who looked. Refuses: names and addresses (customers), sending (messages), what became of a promise (promises).
"""

"""What the shop writes to its customers: messages, their texts, the gateways they leave by, and the rules they obey.

Owns outgoing messages and what became of each. Refuses: who the customer is and what he agreed to (customers), why
something is written (the room that asks for it), conversations (a room of their own).
"""

"""Staff and programs that may sign in: users with the roles owner and agent, API tokens with scopes.

Refuses: customers (they have no password here) and what a role may do with a promise or an order (each room says that).
"""

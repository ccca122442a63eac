"""Pages of the payments room: the way to a gateway and back for customers, payments, refunds and gateways for staff."""

"""Pages of the ledger: the staff's, and those that anyone may see who holds a receipt."""

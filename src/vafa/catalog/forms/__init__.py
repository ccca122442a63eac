"""What the staff fills in about products."""

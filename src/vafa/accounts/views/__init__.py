"""Pages: signing in and out, the staff, tokens, the welcome of the first owner."""

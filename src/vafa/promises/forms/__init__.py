"""What staff and visitors fill in."""

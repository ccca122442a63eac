"""HTML input of the delivery pages."""

"""HTML doors of the delivery room."""

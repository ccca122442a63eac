"""What the widget on pages of other stores shows: plain values, every word written here in the reader's language."""

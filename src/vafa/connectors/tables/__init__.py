"""Tables of text from files that nobody vouches for: CSV in any usual encoding and separator, packed or not, and XLSX.

Whatever cannot be read is a `Problem` with one clear sentence; nothing here knows what an order is.
"""

from __future__ import annotations

from vafa.connectors.tables.opening import open_table
from vafa.connectors.tables.table import Layout, Line, Table

__all__ = ["Layout", "Line", "Table", "open_table"]

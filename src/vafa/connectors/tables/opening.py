"""From a file to a table, by what the file is and not by what it is called."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext as _

from vafa.connectors.tables.csv_table import csv_table
from vafa.connectors.tables.packing import OLD_EXCEL, ZIP, magic
from vafa.connectors.tables.table import Layout, Table
from vafa.connectors.tables.xlsx_table import xlsx_table
from vafa.kit.problems import Problem


def open_table(path: Path, *, name: str = "", layout: Layout | None = None) -> Table:
    """The table in a CSV (plain or gzip) or XLSX file; `name` is what people call it, `layout` what is known of it.

    Problem with one clear sentence when it is empty, cut off, damaged, too large or something else altogether.
    """
    name = name or path.name
    first = magic(path)
    if first.startswith(OLD_EXCEL):
        raise Problem("file-old-excel", _("“%s” is an old Excel file. Save it as XLSX or CSV.") % name)
    if first.startswith(b"PK"):
        if not first.startswith(ZIP):
            raise Problem("file-empty", _("The file “%s” is empty.") % name)
        return xlsx_table(path, name, layout.sheet if layout else "")
    if first.startswith(b"%PDF"):
        raise Problem("file-not-text", _("“%s” is not a table of text (CSV or XLSX).") % name)
    return csv_table(path, name, layout.encoding if layout else "", layout.separator if layout else "")

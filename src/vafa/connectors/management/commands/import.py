# ruff: noqa: N999 (the file is named as the command)
"""`vafa import olist DIR` and `vafa import orders FILE --mapping FILE.toml`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from vafa.connectors.actions.runs import import_and_remember
from vafa.connectors.facts import Source
from vafa.connectors.management.progress import progress_bar
from vafa.connectors.management.report import report_lines
from vafa.connectors.mapping import Mapping, named_mapping, shipped_mappings
from vafa.connectors.olist import OlistSource
from vafa.connectors.queries.sources import table_source


class Command(BaseCommand):
    """Imports an order history. Exit code 2 with one sentence when the file cannot be used; nothing is written then."""

    help = "Import a shop's order history: an Olist folder, or a CSV or XLSX file with a mapping."

    def add_arguments(self, parser: CommandParser) -> None:
        kinds = parser.add_subparsers(dest="kind", required=True, metavar="olist|orders")
        olist = kinds.add_parser("olist", help="the Olist marketplace's folder of CSV files")
        olist.add_argument("path", type=Path, metavar="DIR")
        orders = kinds.add_parser("orders", help="a CSV (also .gz) or XLSX file of orders")
        orders.add_argument("path", type=Path, metavar="FILE")
        names = ", ".join(shipped_mappings())
        orders.add_argument("--mapping", required=True, help=f"a TOML file, or one of: {names}")
        for kind in (olist, orders):
            kind.add_argument("--rejects", type=Path, metavar="FILE", help="where to write what could not be used")
            kind.add_argument("--json", action="store_true", help="print the figures as JSON")

    def handle(self, *, kind: str, path: Path, rejects: Path | None, **options: Any) -> None:
        mapping = named_mapping(options["mapping"]) if kind == "orders" else Mapping(name="Olist")
        source: Source = table_source(path, mapping) if kind == "orders" else OlistSource(path)
        quiet = options["json"] or options["verbosity"] == 0
        with progress_bar(quiet=quiet) as progress:
            outcome, written = import_and_remember(path, source, mapping, rejects=rejects, progress=progress)
        if options["json"]:
            self.stdout.write(json.dumps(outcome.as_json(), indent=2, ensure_ascii=False))
        else:
            for line in report_lines(outcome, written):
                self.stdout.write(line)

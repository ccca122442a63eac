# ruff: noqa: N999 (the file is named as the command)
"""`vafa import olist DIR`, `orders FILE --mapping FILE.toml`, `products FILE` and `options FILE`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from vafa.connectors import storage
from vafa.connectors.actions.goods import import_products
from vafa.connectors.actions.options import bring_options
from vafa.connectors.actions.runs import import_and_remember
from vafa.connectors.facts import Source
from vafa.connectors.goods.columns import LANGUAGES
from vafa.connectors.management.goods_report import goods_lines
from vafa.connectors.management.progress import progress_bar
from vafa.connectors.management.report import report_lines
from vafa.connectors.mapping import Mapping, named_mapping, shipped_mappings
from vafa.connectors.olist import OlistSource
from vafa.connectors.queries.goods import product_source
from vafa.connectors.queries.options import options_told
from vafa.connectors.queries.sources import table_source
from vafa.kit.clock import now


class Command(BaseCommand):
    """Imports orders or products. Exit code 2 with one sentence for an unusable file; nothing is written then."""

    help = "Import a shop's order history (an Olist folder, or a CSV or XLSX file with a mapping) or its products."

    def add_arguments(self, parser: CommandParser) -> None:
        kinds = parser.add_subparsers(dest="kind", required=True, metavar="olist|orders|products|options")
        olist = kinds.add_parser("olist", help="the Olist marketplace's folder of CSV files")
        olist.add_argument("path", type=Path, metavar="DIR")
        orders = kinds.add_parser("orders", help="a CSV (also .gz) or XLSX file of orders")
        orders.add_argument("path", type=Path, metavar="FILE")
        names = ", ".join(shipped_mappings())
        orders.add_argument("--mapping", required=True, help=f"a TOML file, or one of: {names}")
        products = kinds.add_parser("products", help="a CSV (also .gz) or XLSX file of products")
        products.add_argument("path", type=Path, metavar="FILE")
        products.add_argument(
            "--column", action="append", default=[], metavar="MEANING=HEADING", help="for example title.en=Name"
        )
        products.add_argument("--language", choices=LANGUAGES, default="", help="of texts whose heading names none")
        choices = kinds.add_parser("options", help="a CSV (also .gz) or XLSX file of what can be chosen of products")
        choices.add_argument("path", type=Path, metavar="FILE")
        choices.add_argument("--dry-run", action="store_true", help="say what would become of it, and write nothing")
        choices.set_defaults(rejects=None)
        for kind in (olist, orders, products):
            kind.add_argument("--rejects", type=Path, metavar="FILE", help="where to write what could not be used")
            kind.add_argument("--json", action="store_true", help="print the figures as JSON")

    def handle(self, *, kind: str, path: Path, rejects: Path | None, **options: Any) -> None:
        if kind == "options":
            self._options(path, only_look=options["dry_run"])
        elif kind == "products":
            self._products(path, rejects, **options)
        else:
            self._orders(kind, path, rejects, **options)

    def _orders(self, kind: str, path: Path, rejects: Path | None, **options: Any) -> None:
        mapping = named_mapping(options["mapping"]) if kind == "orders" else Mapping(name="Olist")
        source: Source = table_source(path, mapping) if kind == "orders" else OlistSource(path)
        with progress_bar(quiet=_quiet(options)) as progress:
            outcome, written = import_and_remember(path, source, mapping, rejects=rejects, progress=progress)
        self._tell(outcome.as_json() if options["json"] else report_lines(outcome, written))

    def _products(self, path: Path, rejects: Path | None, **options: Any) -> None:
        source = product_source(path, said=options["column"], language=options["language"])
        digest, _size = storage.digest_of([path])
        written = rejects or storage.folder() / storage.name_for(digest, {"products": options["column"]})
        with progress_bar(quiet=_quiet(options)) as progress:
            outcome = import_products(source, rejects=written, progress=progress)
        self._tell(outcome.as_json() if options["json"] else goods_lines(source.columns, outcome, written))

    def _options(self, path: Path, *, only_look: bool) -> None:
        for outcome in bring_options(options_told(path), by="import", at=now(), only_look=only_look):
            self.stdout.write(f"{outcome.code}: {outcome.state}")
            for fault in outcome.faults:
                self.stdout.write(f"  {fault.line}: {fault.sentence}")

    def _tell(self, figures: dict[str, object] | Iterable[str]) -> None:
        if isinstance(figures, dict):
            figures = [json.dumps(figures, indent=2, ensure_ascii=False)]
        for line in figures:
            self.stdout.write(line)


def _quiet(options: dict[str, Any]) -> bool:
    return bool(options["json"]) or options["verbosity"] == 0

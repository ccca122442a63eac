"""Ten thousand prices changed at once and put back, on SQLite.

`python3 dev.py bench bulk_prices`. Articles with five versions of their prices each; nine of ten become dearer by a
tenth, one of ten is told with a zero too many and must wait.
"""

from __future__ import annotations

import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ground import empty_shop
from table import Row, finish

ARTICLES, VERSIONS, AT_ONCE = 10_000, 5, 500
AT = datetime(2026, 5, 2, 8, tzinfo=UTC)


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="vafa-bench-") as folder:
        empty_shop(Path(folder))
        fill()
        finish(measured())


def fill() -> None:
    from vafa.catalog.actions import CategoryRow, ProductRow, VariantRow, record_products, remember_categories

    remember_categories([CategoryRow("all", {"en": "All"})])
    for version in range(VERSIONS):
        for first in range(0, ARTICLES, AT_ONCE):
            rows = [
                ProductRow(f"p{number}", "all", {"en": f"Thing {number}"},
                           [VariantRow(f"p{number}", 1_000_000 + 1000 * number + 50_000 * version, "IRR")])
                for number in range(first, first + AT_ONCE)
            ]  # fmt: skip
            record_products(rows, made_by="bench", at=AT + timedelta(days=version))


def measured() -> list[Row]:
    from vafa.catalog.actions.bulk import apply_edit, draft_edit, undo_edit
    from vafa.catalog.bulk_terms import BulkTerms
    from vafa.catalog.models import Variant

    now = dict(Variant.objects.values_list("sku", "price__amount_minor"))
    told = {
        sku: minor * 10 if number % 10 == 0 else minor * 11 // 10 for number, (sku, minor) in enumerate(now.items())
    }
    edit = draft_edit(BulkTerms("table", "IRR", rows=told), by="bench", at=AT)
    began = spent()
    edit = apply_edit(edit, by="bench", at=AT + timedelta(days=9))
    applied = since(began)
    began = spent()
    edit = undo_edit(edit, by="bench", at=AT + timedelta(days=9, hours=1))
    undone = since(began)
    is_back = dict(Variant.objects.values_list("sku", "price__amount_minor")) == now
    counts = f"{edit.changed:,} changed, {edit.held_back:,} held"
    return [
        Row(f"{ARTICLES:,} prices of {VERSIONS} versions changed as one ({counts})", "≤ 10 s", said(applied),
            applied[1] <= 10),
        Row("  put back as one, every price as it was", "≤ 10 s", f"{said(undone)}, {edit.put_back:,} put back",
            undone[1] <= 10 and is_back),
    ]  # fmt: skip


def spent() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


def since(began: tuple[float, float]) -> tuple[float, float]:
    """Seconds on the clock and of one processor since then."""
    now = spent()
    return now[0] - began[0], now[1] - began[1]


def said(seconds: tuple[float, float]) -> str:
    return f"{seconds[1]:.1f} s of one processor ({seconds[0]:.1f} s on a shared machine)"


if __name__ == "__main__":
    main()

"""The figures of an import of products, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vafa.connectors.actions.goods import GoodsOutcome
from vafa.connectors.goods import Columns
from vafa.connectors.management.report import rejected_lines


def goods_lines(columns: Columns, outcome: GoodsOutcome, rejects: Path) -> Iterator[str]:
    """What the columns were taken for, what was read, what changed, what could not be used."""
    for each in columns.known:
        beside = (each.option, each.language, each.money, each.unit, str(each.level or ""))
        yield f"  {each.heading} → {'.'.join([each.field, *filter(None, beside)])}"
    if columns.unused:
        yield _("Columns that were not used: %s") % ", ".join(columns.unused)
    yield ngettext("%(n)s article read.", "%(n)s articles read.", outcome.articles) % {"n": f"{outcome.articles:,}"}
    done = outcome.products
    words = {"what": _("products"), "new": done.created, "changed": done.updated, "same": done.unchanged}
    yield "  " + _("%(what)s: %(new)s new, %(changed)s changed, %(same)s as before") % words
    if outcome.changed_nothing:
        yield _("Nothing new: everything in this file was known already.")
    else:
        made = {"stock": outcome.stock, "shelves": outcome.shelves, "brands": outcome.brands}
        yield "  " + _("stock of %(stock)s articles changed, %(shelves)s shelves and %(brands)s brands made") % made
    yield from rejected_lines(outcome.rows_rejected, outcome.values_rejected, rejects)

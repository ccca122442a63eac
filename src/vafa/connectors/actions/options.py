"""A table of options becomes what can be chosen of products. A product of which any row cannot be used stays as it was;
all the others are written in one transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from vafa.catalog.actions.options import Kept, OptionTerms, keep_options
from vafa.catalog.models import Product
from vafa.catalog.queries.options import options_of
from vafa.connectors.option_table import Fault, ProductRows
from vafa.kit.problems import Problem


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became, or would become, of one product: `state` is a `Kept`, or "refused" with the reasons."""

    code: str
    state: str
    faults: tuple[Fault, ...] = ()


def bring_options(told: Sequence[ProductRows], *, by: str, at: datetime, only_look: bool = False) -> list[Outcome]:
    """Write what the table says, by the products' codes, so that two tables at once never wait for each other in a
    circle; with `only_look` nothing stays written. The guard looks at every surcharge.
    """
    with transaction.atomic():
        found = [_bring(each, by=by, at=at) for each in sorted(told, key=lambda rows: rows.code)]
        transaction.set_rollback(only_look)
    return found


def _bring(rows: ProductRows, *, by: str, at: datetime) -> Outcome:
    product = Product.objects.filter(code=rows.code).first() if rows.code else None
    faults = list(rows.faults)
    if product is None and rows.code:
        faults.append(Fault(rows.line, _("There is no product with this code.")))
    if product is None or faults:
        return Outcome(rows.code, "refused", tuple(faults))
    try:
        return Outcome(
            rows.code, keep_options(product, _with_known(product, rows.options), rows.rules, by=by, at=at).value
        )
    except Problem as refused:
        line = int(refused.about.get("line", rows.line)) if refused.about else rows.line
        return Outcome(rows.code, "refused", (Fault(line, str(refused)),))


def _with_known(product: Product, told: Sequence[OptionTerms]) -> list[OptionTerms]:
    """What is told, beside the names in other languages that are known."""
    options = {each.code: each for each in options_of(product)}
    found = []
    for terms in told:
        known = options.get(terms.code)
        names = {each.code: each.name for each in known.values.all()} if known else {}
        values = [replace(each, name={**names.get(each.code, {}), **each.name}) for each in terms.values]
        found.append(replace(terms, name={**(known.name if known else {}), **terms.name}, values=values))
    return found


STATES = (Kept.NEW.value, Kept.CHANGED.value, Kept.WAITS.value, Kept.SAME.value, "refused")

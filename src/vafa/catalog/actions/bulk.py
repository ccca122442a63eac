"""Many prices are changed as one thing, and put back as one."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vafa.catalog.actions.hand_offs import leave_for_index
from vafa.catalog.actions.pricing import Amount, amount_of, set_prices
from vafa.catalog.bulk_terms import BulkTerms
from vafa.catalog.models import BulkEdit, EditState, HeldChange, HeldState, Price, Variant
from vafa.catalog.queries.bulk import chosen_variants
from vafa.kit.problems import Problem

PUT_BACK = "undo"


def draft_edit(terms: BulkTerms, *, by: str, at: datetime) -> BulkEdit:
    """Write down what is to be done; nothing is changed yet."""
    return BulkEdit.objects.create(terms=terms.as_json(), made_by=by, made_at=at)


def apply_edit(edit: BulkEdit, *, by: str, at: datetime) -> BulkEdit:
    """Give all chosen articles their new prices; what the guard doubts waits. One transaction.

    Problem `not-a-draft` (409) where it was applied already.
    """
    with transaction.atomic():
        _move(edit, EditState.DRAFT, state=EditState.APPLIED, applied_by=by, applied_at=at)
        terms = BulkTerms(**edit.terms)
        variants = list(chosen_variants(terms).select_for_update(of=("self",)).order_by("pk"))
        said = {
            each.pk: Amount(terms.price_after(each.sku, each.price.amount_minor), terms.currency)
            for each in variants
            if each.price is not None
        }
        done = set_prices(variants, said, made_by=by, at=at, edit=edit)
        _leave(done.changed, at)
        BulkEdit.objects.filter(pk=edit.pk).update(changed=len(done.changed), held_back=len(done.held))
    edit.refresh_from_db()
    return edit


def undo_edit(edit: BulkEdit, *, by: str, at: datetime) -> BulkEdit:
    """Give back the price that each article had before, as a new version, wherever the edit's price still holds; what
    of it waits, waits no more. One transaction. Problem `not-applied` (409) where it was undone already.
    """
    with transaction.atomic():
        _move(edit, EditState.APPLIED, state=EditState.UNDONE, undone_by=by, undone_at=at)
        waiting = HeldChange.objects.filter(edit=edit, state=HeldState.WAITING)
        waiting.update(state=HeldState.OVERTAKEN, decided_by=by, decided_at=at)
        locked = Variant.objects.select_for_update(of=("self",)).select_related("price")
        variants = list(locked.filter(price__edit=edit).order_by("pk"))
        before = _before(edit)
        said = {each.pk: before[each.pk] for each in variants if each.pk in before}
        done = set_prices(variants, said, made_by=by, at=at, reason=PUT_BACK, is_trusted=True)
        _leave(done.changed, at)
        BulkEdit.objects.filter(pk=edit.pk).update(put_back=len(done.changed))
    edit.refresh_from_db()
    return edit


def _move(edit: BulkEdit, from_state: str, **changes: object) -> None:
    if not BulkEdit.objects.filter(pk=edit.pk, state=from_state).update(**changes):
        code = "not-a-draft" if from_state == EditState.DRAFT else "not-applied"
        raise Problem(code, _("This has been done already."), status=409)


def _before(edit: BulkEdit) -> dict[int, Amount]:
    """The version before that of the edit, by the number of the article."""
    numbers = Price.objects.filter(edit=edit).values("variant")
    found: dict[int, Amount] = {}
    last: dict[int, Price] = {}
    for price in Price.objects.filter(variant__in=numbers).order_by("variant", "version").iterator():
        if price.edit_id == edit.pk and price.variant_id in last:
            found[price.variant_id] = amount_of(last[price.variant_id]) or found[price.variant_id]
        last[price.variant_id] = price
    return found


def _leave(variants: tuple[int, ...], at: datetime) -> None:
    codes: set[str] = set()
    for first in range(0, len(variants), 2000):
        rows = Variant.objects.filter(pk__in=variants[first : first + 2000])
        codes |= set(rows.values_list("product__code", flat=True))
    leave_for_index(codes, at=at)

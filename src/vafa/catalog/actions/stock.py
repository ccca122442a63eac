"""What lies on the shelves, and what of it is promised to an order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from vafa.catalog.actions.hand_offs import leave_for_index
from vafa.catalog.actions.holding import Doubtful, hold, overtake, subject_of
from vafa.catalog.models import Stock, Storehouse, Variant, What
from vafa.engine.goods_guard import doubts_about_stock
from vafa.kit.bulk import Recorded, upsert, write_changes
from vafa.kit.problems import Problem
from vafa.shop.models import Place

MAIN = "main"


@dataclass(frozen=True, slots=True)
class StockRow:
    """How many pieces of an article lie in a storehouse; `back_on` when more are expected."""

    sku: str
    on_hand: int
    storehouse: str = MAIN
    back_on: date | None = None


@dataclass(frozen=True, slots=True)
class StorehouseRow:
    """Where goods lie; `place` is the code of a place that the shop knows, empty for none."""

    code: str
    name: Mapping[str, str]
    place: str = ""


def remember_storehouses(rows: Sequence[StorehouseRow]) -> Recorded:
    """Add or rename storehouses; one transaction. LookupError where a place is not known; nothing is written then."""
    with transaction.atomic():
        codes = {row.place for row in rows if row.place}
        places = dict(Place.objects.filter(code__in=codes).values_list("code", "pk"))
        if missing := codes - places.keys():
            raise LookupError(f"place {min(missing)!r} is not known")
        known = {each["code"]: dict(each) for each in Storehouse.objects.select_for_update().values()}
        said = [{"code": row.code, "name": dict(row.name), "place_id": places.get(row.place)} for row in rows]
        return write_changes(Storehouse, "code", known, said)


def set_stock(rows: Sequence[StockRow], *, at: datetime, made_by: str = "", is_trusted: bool = False) -> int:
    """Write what was counted, what is reserved stays reserved; how many articles have other stock than before.

    One transaction; a storehouse not known yet is made. A raised count that the guard doubts is held for a person and
    the old one stays. A lowered one holds at once, so that nothing is sold that may be gone, and a person is asked
    whether it is right. `is_trusted`: a person looked at it.

    LookupError for an article that is not known; Problem `below-reserved` (409) where fewer are counted than orders
    that have not left hold.
    """
    with transaction.atomic():
        houses = {code: Storehouse.objects.get_or_create(code=code)[0].pk for code in {row.storehouse for row in rows}}
        variants = {
            each.sku: each
            for each in Variant.objects.select_for_update(of=("self",))  # also those that have no stock yet
            .filter(sku__in=[row.sku for row in rows])
            .select_related("product")
            .order_by("pk")
        }
        known = {
            (stock.variant_id, stock.storehouse_id): stock
            for stock in Stock.objects.select_for_update(of=("self",))
            .filter(variant__in=variants.values())
            .order_by("variant__sku", "pk")  # as `reserve` and `release` take them: nobody waits in a circle
        }
        counts = [_counted(row, variants, houses, known) for row in rows]
        counts = [each for each in counts if each.differs]
        doubtful = [] if is_trusted else [each for each in map(_doubted, counts) if each is not None]
        raised = {each.subject for each in doubtful if each.new["on_hand"] > each.old["on_hand"]}
        counts = [each for each in counts if each.subject not in raised]
        if counts:
            overtake([each.subject for each in counts], by=made_by, at=at)
            upsert(Stock, ["variant_id", "storehouse_id"], [each.values() for each in counts])
        if doubtful:
            hold(doubtful, made_by=made_by, at=at)
        leave_for_index({each.variant.product.code for each in counts}, at=at)
    return len({each.variant.pk for each in counts})


@dataclass(frozen=True, slots=True)
class _Count:
    """What was counted of a variant in a storehouse, and what was known of it."""

    row: StockRow
    variant: Variant
    house: int
    was: Stock | None

    @property
    def differs(self) -> bool:
        return self.was is None or (self.was.on_hand, self.was.back_on) != (self.row.on_hand, self.row.back_on)

    @property
    def subject(self) -> str:
        return subject_of(What.STOCK, self.row.sku, self.house)

    @property
    def taken(self) -> int:
        return self.was.taken if self.was else 0

    def values(self) -> dict[str, object]:
        """Its row as it is written."""
        return {"variant_id": self.variant.pk, "storehouse_id": self.house, "on_hand": self.row.on_hand,
                "reserved": self.was.reserved if self.was else 0, "taken": self.taken,
                "back_on": self.row.back_on}  # fmt: skip


def _counted(
    row: StockRow,
    variants: Mapping[str, Variant],
    houses: Mapping[str, int],
    known: Mapping[tuple[int, int], Stock],
) -> _Count:
    if row.sku not in variants:
        raise LookupError(f"article {row.sku!r} is not known")
    count = _Count(row, variants[row.sku], houses[row.storehouse],
                   known.get((variants[row.sku].pk, houses[row.storehouse])))  # fmt: skip
    held = count.was.reserved if count.was else 0
    if row.on_hand < held:
        sentence = _("%(held)s pieces of %(sku)s are in orders that have not left.")
        raise Problem("below-reserved", sentence % {"held": held, "sku": row.sku}, status=409, field="on_hand")
    return count


def _doubted(count: _Count) -> Doubtful | None:
    """The count as it is asked about; None where nothing speaks against it."""
    old = count.was.on_hand if count.was else 0
    doubts = doubts_about_stock(count.row.on_hand, old, taken=count.taken)
    if not doubts:
        return None
    return Doubtful(
        What.STOCK, count.row.sku, count.variant.product_id,
        _said(old, count.was.back_on if count.was else None), _said(count.row.on_hand, count.row.back_on), doubts,
        variant_id=count.variant.pk, storehouse_id=count.house,
    )  # fmt: skip


def _said(on_hand: int, back_on: date | None) -> dict[str, int | str | None]:
    return {"on_hand": on_hand, "back_on": back_on.isoformat() if back_on else None}


def reserve(wanted: Mapping[str, int], *, at: datetime) -> None:
    """Take pieces for an order ({sku: pieces}), all of them or none. Runs in the caller's transaction.

    Problem `sold-out` (409, `about`: the `skus` of which not enough are there).
    """
    short = [sku for sku in sorted(wanted) if not _take(sku, wanted[sku])]
    if short:
        raise Problem(
            "sold-out", _("Not enough of this is there any more."), status=409, about={"skus": ", ".join(short)}
        )
    _leave(wanted, at)


def release(held: Mapping[str, int], *, at: datetime) -> None:
    """Give pieces back that an order no longer wants. Runs in the caller's transaction."""
    for sku in sorted(held):
        left = held[sku]
        held_here = Stock.objects.select_for_update(of=("self",)).filter(variant__sku=sku, reserved__gt=0)
        for stock in held_here.order_by("pk"):
            part = min(left, stock.reserved)
            Stock.objects.filter(pk=stock.pk).update(reserved=F("reserved") - part)
            left -= part
    _leave(held, at)


def _leave(skus: Iterable[str], at: datetime) -> None:
    leave_for_index(Variant.objects.filter(sku__in=list(skus)).values_list("product__code", flat=True), at=at)


def _take(sku: str, pieces: int) -> bool:
    """From the first storehouse that has them all: an order of one article leaves from one place."""
    for stock in Stock.objects.filter(variant__sku=sku).order_by("pk"):
        enough = Stock.objects.filter(pk=stock.pk, on_hand__gte=F("reserved") + pieces)
        if enough.update(reserved=F("reserved") + pieces, taken=F("taken") + pieces):
            return True
    return False

"""One portion of orders into the rooms that own them, each by its own action, all in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from vafa.connectors.actions.buyers import remember_buyers
from vafa.connectors.facts import OrderFacts, Reject, Rejected, Source
from vafa.delivery.actions.parcels import ParcelRow, record_parcels
from vafa.delivery.actions.tracking import follow
from vafa.delivery.queries.tracking import orders_with_events
from vafa.kit.bulk import Recorded
from vafa.kit.clock import now
from vafa.orders.actions import (
    OrderRow,
    ReviewRow,
    SellerRow,
    record_orders,
    record_reviews,
    remember_sellers,
)
from vafa.promises.actions import HistoricPromise, import_promises
from vafa.promises.queries import days_promised
from vafa.shop.actions import remember_places
from vafa.shop.queries import the_shop

KIND, SUBJECT = "delivery", "order"


class Recorder:
    """Records portions of one export; remembers which places and sellers it has passed on already.

    `reject` is told of promised days that are not those the ledger holds.
    """

    def __init__(self, source: Source, last_fact: datetime, reject: Reject, *, at: datetime | None = None) -> None:
        self.source, self.last_fact, self.reject, self.at = source, last_fact, reject, at
        self.language = the_shop().default_language
        self.places: set[str] = set()
        self.sellers: set[str] = set()

    def record(self, orders: Sequence[OrderFacts]) -> dict[str, Recorded]:
        """How many rows of each kind were new, changed, or said nothing new. All is written, or nothing.

        Tracking events that came before their parcels and promises are followed once these are committed.
        """
        done = self._record(orders)
        follow(orders_with_events(facts.number for facts in orders), at=self.at)
        return done

    def _record(self, orders: Sequence[OrderFacts]) -> dict[str, Recorded]:
        with transaction.atomic():
            remember_buyers(orders, self.source.country, at=self.at or now())
            self._remember_places(orders)
            self._remember_sellers(orders)
            reviews = [ReviewRow(facts.number, facts.stars, facts.reviewed_at) for facts in orders if facts.stars]
            return {
                "orders": record_orders([_order(facts) for facts in orders]),
                "parcels": record_parcels([_parcel(facts) for facts in orders]),
                "reviews": record_reviews(reviews) if reviews else Recorded(),
                "promises": self._record_promises(orders),
            }

    def _record_promises(self, orders: Sequence[OrderFacts]) -> Recorded:
        """The shop's own dates; none where no dates of delivery are told, for then nobody knows which were kept."""
        if not self.source.tells_delivery:
            return Recorded()
        promises = [self._promise(facts, facts.promised_on) for facts in orders if facts.promised_on]
        if not promises:
            return Recorded()
        self._remark_other_days(orders)
        done = import_promises(promises, known_until=self.last_fact, at=self.at)
        return Recorded(done.created, done.settled, done.unchanged)

    def _remark_other_days(self, orders: Sequence[OrderFacts]) -> None:
        """A file cannot say when a day was changed: before the customer was let down, or after. So it changes none."""
        known = days_promised(_key(facts) for facts in orders if facts.promised_on)
        for facts in orders:
            if facts.promised_on and facts.promised_on not in known.get(_key(facts), {facts.promised_on}):
                day = facts.promised_on.isoformat()
                name, code = self.source.name, "other-promise"
                self.reject(Rejected(name, facts.line, code, facts.number, "promised_on", day, whole_row=False))

    def _promise(self, facts: OrderFacts, due_on: date) -> HistoricPromise:
        """A cancellation whose time is not told happened at the latest when the data end."""
        return HistoricPromise(
            key=_key(facts),
            kind=KIND,
            subject_type=SUBJECT,
            subject_ref=facts.number,
            party_ref=facts.customer_ref,
            made_at=facts.placed_at,
            due_on=due_on,
            zone=self.source.zone,
            fulfilled_at=None if facts.cancelled else facts.delivered_at,
            cancelled_at=(facts.cancelled_at or self.last_fact) if facts.cancelled else None,
            text={self.language: facts.promise_text} if facts.promise_text else {},
            channel="import",
            place=facts.place.code if facts.place else "",
            region=facts.place.region if facts.place else "",
            seller=facts.seller,
            evidence={"file": self.source.name[:120], "line": str(facts.line)},
        )

    def _remember_places(self, orders: Sequence[OrderFacts]) -> None:
        named = {place.code: place for facts in orders for place in (facts.place, facts.origin) if place}
        fresh = [place for code, place in named.items() if code not in self.places]
        if fresh:
            remember_places(fresh)
            self.places.update(named)

    def _remember_sellers(self, orders: Sequence[OrderFacts]) -> None:
        named = {facts.seller: facts.origin for facts in orders if facts.seller}
        fresh = [
            SellerRow(code, place=place.code if place else "")
            for code, place in named.items()
            if code not in self.sellers
        ]
        if fresh:
            remember_sellers(fresh)
            self.sellers.update(named)


def _key(facts: OrderFacts) -> str:
    return f"import:{SUBJECT}:{facts.number}"


def _order(facts: OrderFacts) -> OrderRow:
    return OrderRow(
        number=facts.number,
        placed_at=facts.placed_at,
        place=facts.place.code if facts.place else "",
        seller=facts.seller,
        customer_ref=facts.customer_ref,
        option=facts.option,
        category=facts.category,
        payment=facts.payment,
        items=facts.items,
        price_minor=facts.price_minor,
        freight_minor=facts.freight_minor,
        currency=facts.currency,
        weight_g=facts.weight_g,
        volume_cm3=facts.volume_cm3,
        cancelled=facts.cancelled,
        cancelled_at=facts.cancelled_at,
    )


def _parcel(facts: OrderFacts) -> ParcelRow:
    return ParcelRow(
        number=facts.number,
        carrier=facts.carrier,
        tracking_number=facts.tracking_number,
        handed_over_at=facts.handed_over_at,
        delivered_at=facts.delivered_at,
    )

"""The rows of one order become its facts."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from vafa.connectors.facts import OrderFacts, Reject, Rejected
from vafa.connectors.mapping.fields import LONGEST
from vafa.connectors.reading.settings import Reading
from vafa.connectors.tables import Line
from vafa.connectors.values import amounts
from vafa.connectors.values.leads import lead_time
from vafa.connectors.values.places import area_of, country_code, place_of
from vafa.engine.calendars import WorkingCalendar
from vafa.engine.folding import fold
from vafa.engine.history import Place

V = TypeVar("V")
GUEST = "0"  # WooCommerce's customer number of who has no account
YES = frozenset(map(fold, ("yes", "true", "1", "y", "on", "subscribed", "بله", "بلی", "نعم", "sim")))
NO = frozenset(map(fold, ("no", "false", "0", "n", "off", "unsubscribed", "not_subscribed", "خیر", "نه", "لا", "nao")))


class RowReader:
    """Reads the orders of one file; values that make no sense go to `reject`, the rest of the order is kept."""

    def __init__(self, reading: Reading, calendar: WorkingCalendar, file: str, reject: Reject) -> None:
        self.reading, self.calendar, self.file, self.reject = reading, calendar, file, reject
        self.zone = ZoneInfo(reading.zone)
        self.lead_is_option = set(reading.columns.get("lead_time", ())) & set(reading.columns.get("option", ()))

    def facts(self, number: str, lines: list[Line]) -> OrderFacts | None:
        """The order; None, and its rows rejected, when it has no usable date of order."""
        text = {name: self._first(name, lines) for name in (*self.reading.columns, *self.reading.mapping.constants)}
        placed = self._placed(number, lines, text.get("placed_at", ""))
        if placed is None:
            return None
        facts = OrderFacts(number, placed[0], lines[0].number)
        self._add_times(facts, lines, only_day=placed[1])
        self._add_promise(facts, text)
        self._add_status(facts, text)
        self._add_places(facts, text)
        self._add_goods(facts, lines, text)
        _add_buyer(facts, text)
        return facts

    def _first(self, field: str, lines: list[Line]) -> str:
        return next((value for line in lines if (value := self.reading.text(field, line.cells))), "")

    def _placed(self, number: str, lines: list[Line], text: str) -> tuple[datetime, bool] | None:
        placed = self.reading.dates.moment(text) if text else None
        if placed is None:
            code = "bad-date" if text else "no-order-date"
            for line in lines:
                self.reject(Rejected(self.file, line.number, code, number, "placed_at", text))
        return placed

    def _add_times(self, facts: OrderFacts, lines: list[Line], *, only_day: bool) -> None:
        """Where only days are known, what happened on one day happened in the right order."""
        handed, delivered = self._latest("handed_over_at", facts, lines), self._latest("delivered_at", facts, lines)
        cancelled = self._latest("cancelled_at", facts, lines)
        if only_day:
            known = [found[0] for found in (handed, delivered, cancelled) if found]
            same_day = [moment for moment in known if self._day(moment) == self._day(facts.placed_at)]
            facts.placed_at = min([facts.placed_at, *same_day])
        facts.handed_over_at = self._not_before(handed, facts.placed_at)
        facts.delivered_at = self._not_before(delivered, facts.handed_over_at or facts.placed_at)
        facts.cancelled_at = self._not_before(cancelled, facts.placed_at)

    def _latest(self, field: str, facts: OrderFacts, lines: list[Line]) -> tuple[datetime, bool] | None:
        """An order of several rows has happened when its last row has."""
        texts = {value: line for line in reversed(lines) if (value := self.reading.text(field, line.cells))}
        moments = []
        for text, line in texts.items():
            moment = self.reading.dates.moment(text)
            if moment is None:
                self.reject(Rejected(self.file, line.number, "bad-date", facts.number, field, text, whole_row=False))
            else:
                moments.append(moment)
        return max(moments, default=None)

    def _not_before(self, found: tuple[datetime, bool] | None, earlier: datetime) -> datetime | None:
        if found is None:
            return None
        moment, only_day = found
        if only_day and moment < earlier and self._day(moment) == self._day(earlier):
            return earlier
        return moment

    def _day(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()

    def _add_promise(self, facts: OrderFacts, text: dict[str, str]) -> None:
        if day := text.get("promised_on"):
            facts.promised_on = self._value(facts, "promised_on", day, self.reading.dates.day(day), "bad-date")
        if facts.promised_on is None and (lead := text.get("lead_time")):
            found = lead_time(lead)
            if found is None and not self.lead_is_option:
                self._value(facts, "lead_time", lead, None, "bad-lead-time")
            if found is not None:
                facts.promised_on = found.due_on(self._day(facts.placed_at), self.calendar)
                facts.promise_text = lead[:200]

    def _add_status(self, facts: OrderFacts, text: dict[str, str]) -> None:
        mapping, status = self.reading.mapping, fold(text.get("status", ""))
        if status or "cancelled_at" in self.reading.columns:
            facts.cancelled = facts.cancelled_at is not None or status in mapping.cancelled_words
        says_delivered = bool(status) and status in mapping.delivered_words
        if says_delivered and facts.delivered_at is None and "delivered_at" in self.reading.columns:
            self._value(facts, "delivered_at", "", None, "delivered-without-date")

    def _add_places(self, facts: OrderFacts, text: dict[str, str]) -> None:
        country = text.get("country", "")
        if country and not country_code(country):
            self._value(facts, "country", country, None, "unknown-country")
        facts.place = self._place(text.get("place_code", ""), text.get("city", ""), text.get("region", ""), country)
        facts.origin = self._place(text.get("origin_code", ""), text.get("origin_city", ""), "", "")

    def _place(self, code: str, city: str, region: str, country: str) -> Place | None:
        return place_of(area_of(code, self.reading.mapping.code_length), city, region, country)

    def _add_goods(self, facts: OrderFacts, lines: list[Line], text: dict[str, str]) -> None:
        for field, longest in LONGEST.items():
            setattr(facts, "customer_ref" if field == "customer" else field, text.get(field, "")[:longest])
        if "@" in facts.customer_ref or facts.customer_ref == GUEST:
            facts.customer_ref = ""  # an address is not a customer number, and is never kept in its stead
        facts.currency = self._currency(text)
        facts.price_minor, facts.freight_minor = self._money(facts, "price", text), self._money(facts, "freight", text)
        decimal = self.reading.decimal
        if weight := text.get("weight"):
            grams = amounts.weight_g(weight, self.reading.mapping.weight_unit, decimal)
            facts.weight_g = self._value(facts, "weight", weight, grams, "bad-number")
        if stars := text.get("stars"):
            facts.stars = self._value(facts, "stars", stars, amounts.stars(stars), "bad-stars")
        counts = [value for line in lines if (value := self.reading.text("items", line.cells))]
        if counts:
            found = [amounts.whole(count, decimal) for count in counts]
            total = sum(count for count in found if count is not None)
            facts.items = total or self._value(facts, "items", counts[0], None, "bad-number")

    def _currency(self, text: dict[str, str]) -> str:
        given = text.get("currency", "").strip().upper()
        if amounts.TOMAN_WORD.fullmatch(given):
            return "IRR"
        return given if len(given) == 3 and given.isascii() and given.isalpha() else self.reading.currency

    def _money(self, facts: OrderFacts, field: str, text: dict[str, str]) -> int | None:
        given = text.get(field)
        if not given:
            return None
        minor = amounts.minor_units(given, facts.currency, self.reading.decimal)
        in_toman = self.reading.mapping.money_unit == "toman" or amounts.TOMAN_WORD.search(
            f"{given} {text.get('currency', '')}"
        )
        if minor is not None and in_toman and facts.currency == "IRR":
            minor *= amounts.TOMAN
        return self._value(facts, field, given, minor, "bad-number")

    def _value(self, facts: OrderFacts, field: str, text: str, value: V | None, code: str) -> V | None:
        if value is None:
            self.reject(Rejected(self.file, facts.line, code, facts.number, field, text, whole_row=False))
        return value


def _add_buyer(facts: OrderFacts, text: dict[str, str]) -> None:
    names = (text.get("buyer_name", ""), text.get("buyer_last_name", ""))
    facts.buyer_name = " ".join(part for name in names for part in name.split())[:160]
    facts.email, facts.phone = text.get("email", "")[:254], text.get("phone", "")[:64].lstrip("'")
    said = fold(text.get("wants_offers", ""))
    facts.wants_offers = True if said in YES else False if said in NO else None

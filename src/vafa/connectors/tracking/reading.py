"""A message or a row of a file becomes tracking events; what cannot be understood becomes faults beside them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, NoReturn

from vafa.connectors.tracking.form import Form
from vafa.connectors.values.dates import DateReader
from vafa.delivery.actions.tracking import TrackingRow
from vafa.engine.folding import fold
from vafa.engine.parcel_state import REASONS, Status

MOST_EVENTS = 2000  # of one message
FIRST = datetime(2000, 1, 1, tzinfo=UTC)
CLOCKS_DIFFER = timedelta(minutes=15)
SHOWN = 120
LENGTHS = {"tracking_number": 64, "order": 64, "carrier": 64, "place": 80, "code": 120}
CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
Json = Any


class NotUnderstood(Exception):  # noqa: N818 - carries a fault's code
    """The message, or one of its events, cannot be used; the argument is a key of `faults.SENTENCES`."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code, self.detail = code, CONTROL.sub(" ", detail)[:SHOWN]


@dataclass
class Reading:
    """What was understood, and (code, detail) of what was not."""

    rows: list[TrackingRow] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Reader:
    """Reads what one source sends. `zone` is that of times without an offset; `now` is the newest time that can be."""

    source: str
    form: Form
    zone: str
    now: datetime

    def message(self, body: bytes) -> Reading:
        """A webhook's or an API's body; empty where it is about something else than parcels."""
        try:
            root = parsed(body)
            if not self._is_about_parcels(root):
                return Reading()
            events = list(self._events(root))
        except NotUnderstood as refused:
            return Reading(faults=[(refused.code, refused.detail)])
        return self._all(_facts_of(self.form, event, root) for event in events)

    def row(self, body: bytes) -> Reading:
        """One row of a file, kept as JSON {heading: cell}."""
        try:
            cells = parsed(body)
        except NotUnderstood as refused:
            return Reading(faults=[(refused.code, refused.detail)])
        headed = {fold(str(heading)): str(cell).strip() for heading, cell in cells.items()}
        facts = {
            name: [headed[heading] for heading in headings if headed.get(heading)]
            for name, headings in self.form.columns.items()
        }
        return self._all([facts])

    def _is_about_parcels(self, root: Json) -> bool:
        about = self.form.about
        word = at_path(root, about.path) if about else None
        return about is None or not isinstance(word, str) or word.startswith(about.begins)

    def _events(self, root: Json) -> Iterator[Json]:
        found = at_path(root, self.form.events) if self.form.events else root
        if isinstance(found, dict):
            found = [found]
        if not isinstance(found, list):
            raise NotUnderstood("no-events", self.form.events)
        if len(found) > MOST_EVENTS:
            raise NotUnderstood("too-many-events", str(len(found)))
        yield from found

    def _all(self, told: Any) -> Reading:
        reading = Reading()
        for facts in told:
            try:
                reading.rows.append(self._event(facts))
            except NotUnderstood as refused:
                reading.faults.append((refused.code, refused.detail))
        return reading

    def _event(self, facts: dict[str, list[str]]) -> TrackingRow:
        words = [*facts.get("status", ()), *facts.get("code", ())]
        if not words:
            raise NotUnderstood("no-status")
        meaning = self.form.meaning(words)
        if meaning is None:
            raise NotUnderstood("unknown-status", words[0])
        number, order = (_first(facts, name) for name in ("tracking_number", "order"))
        if not any(sign.isalnum() for sign in number) and not order:
            raise NotUnderstood("no-parcel")
        return TrackingRow(
            source=self.source,
            at=self._moment(facts),
            status=meaning.status,
            tracking_number=number,
            order_number=order,
            carrier=_first(facts, "carrier") or ("" if "carrier" in self.form.fields else self.form.names["en"]),
            reason=self._reason(facts, meaning.status) or meaning.reason,
            code=words[0][: LENGTHS["code"]],
            place=_first(facts, "place"),
        )

    def _reason(self, facts: dict[str, list[str]], status: Status) -> str:
        for word in facts.get("reason", ()):
            plain = word.strip().lower()
            if found := self.form.reasons.get(fold(word)) or (plain if plain in REASONS else ""):
                return "" if status is Status.DELIVERED else found
        return ""

    def _moment(self, facts: dict[str, list[str]]) -> datetime:
        written = _first_of(facts, "at") or " ".join(filter(None, (_first_of(facts, "date"), _first_of(facts, "time"))))
        if not written:
            raise NotUnderstood("no-time")
        moment = read_moment(written, self.zone)
        if moment is None or moment < FIRST:
            raise NotUnderstood("bad-time", written)
        if moment > self.now + CLOCKS_DIFFER:
            raise NotUnderstood("in-future", written)
        return moment


def parsed(body: bytes) -> Json:
    """The JSON of a body; NotUnderstood for anything else, for NaN, and for what is nested too deeply to be meant."""
    try:
        return json.loads(body.decode("utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise NotUnderstood("not-json") from None


def _no_number(word: str) -> NoReturn:
    raise ValueError(word)


def at_path(value: Json, path: str) -> Json:
    """What stands at a dotted path; None where nothing does."""
    for step in path.split("."):
        value = value.get(step) if isinstance(value, dict) else None
    return value


def _facts_of(form: Form, event: Json, root: Json) -> dict[str, list[str]]:
    """Fact to the words found at its paths, in their order."""
    return {name: [word for path in paths if (word := _word(event, root, path))] for name, paths in form.fields.items()}


def _word(event: Json, root: Json, path: str) -> str:
    found = at_path(root, path[1:]) if path.startswith("/") else at_path(event, path)
    if isinstance(found, bool) or not isinstance(found, str | int | float):
        return ""
    return CONTROL.sub(" ", str(found)).strip()


def _first_of(facts: dict[str, list[str]], name: str) -> str:
    return next(iter(facts.get(name, ())), "")


def _first(facts: dict[str, list[str]], name: str) -> str:
    word = _first_of(facts, name)
    if name in {"tracking_number", "order"} and len(word) > LENGTHS[name]:
        raise NotUnderstood("number-too-long", word)
    return word[: LENGTHS[name]]


def read_moment(text: str, zone: str) -> datetime | None:
    """A time as carriers write it: ISO with any number of fractional digits, Jalali, or seconds since 1970.

    A day without a time is noon, as in imports.
    """
    if text.isascii() and text.isdigit() and len(text) in {10, 13}:
        return datetime.fromtimestamp(int(text) / (1000 if len(text) == 13 else 1), UTC)
    iso = re.sub(r"(?<=\d)[Tt](?=\d{2}:)", " ", text)
    found = DateReader(zone).moment(iso)
    return found[0] if found else None

"""The simulated shop has sources of tracking events too, so that their pages can be seen at work."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

import jdatetime

from vafa.connectors.actions.inbox import read_items, receive_rows
from vafa.connectors.actions.sources import add_source, set_secret
from vafa.demo.carriers import TIPAX
from vafa.demo.journeys import journey
from vafa.demo.simulation import ZONE, SimulatedOrder
from vafa.engine.parcel_state import Status
from vafa.kit.clock import real_now

SHOWN = 40  # the newest parcels of one carrier, told through its own source
WORDS = {Status.IN_TRANSIT: "در حال ارسال", Status.OUT_FOR_DELIVERY: "تحویل به سفیر"}
STRANGE = "در صف بررسی ویژه"  # no folder knows this


def add_sources(orders: Sequence[SimulatedOrder], until: datetime) -> set[str]:
    """Three sources; Tipax tells of its newest parcels by file, one row of which nobody understands.

    Returns the numbers of the orders about which it told.
    """
    sources = {code: add_source(code=code, form=code) for code in ("alopeyk", "post", "tipax")}
    for source in sources.values():
        set_secret(source)
    newest = [each for each in orders if each.carrier == TIPAX.name and each.handed_over_at][-SHOWN:]
    rows = [
        (_cells(each, row.at, WORDS[row.status], row.place), f"tipax.csv:{number}")
        for number, each in enumerate(newest, 2)
        for row in journey(each, until)
        if row.status in WORDS
    ]
    if newest:
        last = newest[-1]
        strange = _cells(last, last.handed_over_at or until, STRANGE, "تهران")
        rows.append((strange, f"tipax.csv:{len(newest) + 2}"))
    read_items(receive_rows(sources["tipax"], rows, at=real_now()))
    return {each.number for each in newest}


def _cells(of: SimulatedOrder, at: datetime, words: str, place: str) -> bytes:
    written = jdatetime.datetime.fromgregorian(datetime=at.astimezone(ZONE)).strftime("%Y/%m/%d %H:%M:%S")
    cells = {"کد رهگیری": of.tracking, "وضعیت": words, "تاریخ و ساعت": written, "شهر": place}
    return json.dumps(cells, ensure_ascii=False).encode()

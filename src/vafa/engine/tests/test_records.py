"""What the records say of an order when it is placed, against a count over all orders."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest

from vafa.engine.history import History
from vafa.engine.local_days import DAY, seconds
from vafa.engine.records import COLUMNS, replay
from vafa.engine.tests.orders import NOON, shipments

FORTY_DAYS = 40 * DAY


@pytest.mark.parametrize("handed", [True, False])
def test_the_orders_a_seller_works_on_are_those_counted_one_by_one(handed: bool) -> None:
    history = History.of(shipments(handed=handed), "UTC")
    _records, said = replay(history)
    left = np.fmin(history.handed, history.delivered)
    for row, at in enumerate(history.placed):
        mine = (history.facts.seller == history.facts.seller[row]) & (history.placed < at)
        open_since = history.placed[mine & ~(left < at) & (at - history.placed < FORTY_DAYS)]
        age = float(np.mean(at - open_since)) / DAY if len(open_since) else 0.0
        told = [said[row][COLUMNS.index(name)] for name in ("waiting", "waiting_age")]
        assert told == pytest.approx([np.log1p(len(open_since)), age], abs=1e-9)


def test_at_the_end_of_a_history_the_records_count_as_the_replay_did() -> None:
    history = History.of(shipments(), "UTC")
    later = seconds(NOON + timedelta(days=300))
    records, _said = replay(history)
    names = {
        "all": "", "origin": "", "seller": "s0", "category": "", "payment": "", "region": "", "lane": "",
        "area": "", "city": "", "seller_region": "",
    }  # fmt: skip
    at_once, kept = records.read(names, later), records.read(names, later, {("s0", later): (2, 1.5)})
    differ = [name for name, one, other in zip(COLUMNS, at_once, kept, strict=True) if one != other]
    assert differ == ["waiting", "waiting_age"]

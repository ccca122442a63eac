"""What became of what was made as customers chose."""

from __future__ import annotations

from datetime import timedelta

import pytest

from vafa.catalog.tests import make as goods
from vafa.checkout import actions
from vafa.checkout.models import Basket
from vafa.checkout.tests.make import NOON, SAID, a_window, submitted
from vafa.console.actions import write_history_report
from vafa.console.queries import MadeForMe, made_for_me
from vafa.promises.actions import settle_promise
from vafa.promises.models import Promise

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
PINE, LARGE = {"o1": "v1", "o2": "v1"}, {"o1": "v2", "o2": "v1"}


def test_configurations_that_were_ordered_and_dates_that_were_kept_are_counted():
    a_window()
    goods.a_bookcase()
    assert made_for_me(NOON) == MadeForMe(0, 0, 0, 0)
    actions.put(None, "bookcase-1", key="left", chosen=PINE, at=NOON)
    actions.put(None, "divan-1", key="plain", at=NOON)
    basket = actions.put(None, "bookcase-1", key="made", language="en", chosen=LARGE, at=NOON)
    actions.say(basket, SAID, at=NOON)
    actions.place_purchase(submitted(basket), at=NOON)
    assert made_for_me(NOON) == MadeForMe(begun=2, ordered=1, settled=0, kept=0)
    promise = Promise.objects.get(kind="delivery", subject_ref=Basket.objects.get(pk=basket.pk).purchases.get().number)
    settle_promise(promise, fulfilled_at=NOON + DAY, evidence={"tracking": "1"}, at=NOON + DAY)
    assert made_for_me(NOON) == MadeForMe(begun=2, ordered=1, settled=1, kept=1)
    assert made_for_me(NOON + timedelta(days=91)).begun == 0
    assert write_history_report(at=NOON).body["made_for_me"]["kept"] == 1

"""The settings row as processes keep it: read each time, made into a model when it has changed."""

from __future__ import annotations

import pytest

from vafa.shop.actions import save_settings
from vafa.shop.models import Shop
from vafa.shop.queries import the_shop

pytestmark = pytest.mark.django_db


def test_a_change_is_seen_at_once_whoever_wrote_it():
    save_settings(name="One", stated_times=[{"place": "", "option": "", "seller": "", "days": 3}])
    assert (the_shop().name, the_shop().stated_times[0]["days"]) == ("One", 3)
    Shop.objects.update(name="Two", stated_times=[{"place": "", "option": "", "seller": "", "days": 4}])  # no stamp
    assert (the_shop().name, the_shop().stated_times[0]["days"]) == ("Two", 4)
    Shop.objects.all().delete()
    assert (the_shop().name, the_shop().stated_times) == ("", [])


def test_what_one_writes_into_it_is_seen_by_nobody_else():
    save_settings(name="One", languages=["en"], default_language="en")
    mine = the_shop()
    mine.name = "Mine"
    mine.languages.append("fa")
    assert (the_shop().name, the_shop().languages) == ("One", ["en"])


def test_it_is_as_django_reads_it():
    save_settings(name="One", shows_toman=False)
    fields = [field.attname for field in Shop._meta.concrete_fields]
    known = Shop.objects.get()
    assert [getattr(the_shop(), name) for name in fields] == [getattr(known, name) for name in fields]
    assert not the_shop()._state.adding

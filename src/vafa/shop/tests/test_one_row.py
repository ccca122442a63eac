"""The settings row as processes keep it: read each time, made into a model when it has changed."""

from __future__ import annotations

import pytest
from django.http import HttpResponse

from vafa.shop.actions import save_settings
from vafa.shop.memory import ShopMiddleware
from vafa.shop.models import Shop
from vafa.shop.queries import once_in_a_request, the_shop

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


def test_what_is_the_same_for_a_page_is_read_once_in_a_request_that_changes_nothing(rf):
    asked = []

    def answer(request):
        for _time in range(2):
            once_in_a_request("test", lambda: asked.append(request.method))
        if request.method == "GET":
            save_settings(name="Two")
            once_in_a_request("test", lambda: asked.append("after a change"))
        return HttpResponse()

    for request in (rf.get("/"), rf.post("/")):
        ShopMiddleware(answer)(request)
    once_in_a_request("test", lambda: asked.append("outside"))
    assert asked == ["GET", "after a change", "POST", "POST", "outside"]

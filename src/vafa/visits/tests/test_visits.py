"""What browsers tell of visits: kept once, within bounds, added up by day, forgotten."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client, override_settings

from vafa.kit import clock
from vafa.shop.actions import save_settings
from vafa.visits.actions import Told, add_up_days, forget_visits, keep_visit
from vafa.visits.models import Visit, VisitDay
from vafa.visits.queries import LEAST, Sums, counted_between, fast_site

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 10)
NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
KEY = "0123456789abcdef0123456789abcdef"
GOOD = {"key": KEY, "page": "product", "device": "phone", "lcp": "812", "inp": "40", "cls": "12", "errors_seen": "0"}


@pytest.fixture(autouse=True)
def _shop(db):
    save_settings(zone="UTC")


def visit(
    key: int,
    *,
    at: datetime = NOON,
    lcp: int | None = 800,
    inp: int | None = 40,
    cls: int | None = 0,
    errors: int = 0,
    page: str = "home",
) -> None:
    keep_visit(Told(f"{key:032x}", page, "phone", lcp, inp, cls, errors), at=at)


def tell(**changed: str):
    return Client().post("/visit", {**GOOD, **changed})


def test_a_visit_is_kept_with_nothing_of_who_it_was():
    answer = tell()
    assert (answer.status_code, answer.content, dict(answer.cookies)) == (204, b"", {})
    kept = Visit.objects.get()
    assert (kept.page, kept.device, kept.lcp_ms, kept.inp_ms, kept.cls_mils, kept.errors) == (
        "product",
        "phone",
        812,
        40,
        12,
        0,
    )
    assert {field.name for field in Visit._meta.fields} == {
        "id",
        "key",
        "at",
        "day",
        "page",
        "device",
        "lcp_ms",
        "inp_ms",
        "cls_mils",
        "errors",
    }


def test_a_visit_that_is_told_twice_is_kept_once():
    assert (tell().status_code, tell(lcp="5").status_code) == (204, 204)
    assert Visit.objects.get().lcp_ms == 812


def test_what_the_browser_cannot_say_stays_open():
    assert tell(lcp="", inp="", cls="").status_code == 204
    kept = Visit.objects.get()
    assert (kept.lcp_ms, kept.inp_ms, kept.cls_mils) == (None, None, None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": "x"}, {"key": KEY + "0"}, {"key": KEY.upper()}, {"key": "\x00" * 32}, {"page": "elsewhere"},
        {"device": ""}, {"lcp": "-1"}, {"lcp": "60001"}, {"lcp": "nan"}, {"lcp": "1e3"}, {"inp": "9" * 20},
        {"cls": "10001"}, {"cls": "0.5"}, {"errors_seen": "100"}, {"errors_seen": ""},
    ],
)  # fmt: skip
def test_impossible_figures_are_refused(wrong):
    assert tell(**wrong).status_code == 422
    assert Visit.objects.count() == 0


def test_only_small_bodies_of_our_own_pages_are_read(client):
    assert tell(more="x" * 1_000).status_code == 413
    assert client.post("/visit", GOOD, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert client.post("/visit", b"\xff\xfe{", content_type="application/octet-stream").status_code == 422
    assert Visit.objects.count() == 0


@pytest.mark.usefixtures("window_stands")
def test_one_address_tells_of_so_many_visits_a_minute():
    answers = {Client().post("/visit", {}).status_code for _each in range(240)}
    assert (answers, tell().status_code) == ({422}, 429)


@pytest.mark.parametrize("header", ["DNT", "Sec-GPC"])
def test_who_does_not_want_it_is_not_measured(client, header):
    assert "visits/beacon.js" in client.get("/shop/").content.decode()
    assert "visits/beacon.js" not in client.get("/shop/", headers={header: "1"}).content.decode()
    assert client.post("/visit", GOOD, headers={header: "1"}).status_code == 204
    assert Visit.objects.count() == 0


@override_settings(VISITS_MEASURED=0)
def test_measuring_can_be_switched_off(client):
    assert "visits/beacon.js" not in client.get("/shop/").content.decode()


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/shop/", "home"),
        ("/shop/search/?q=a", "search"),
        ("/shop/basket/", "basket"),
        ("/shop/info/privacy/", "info"),
        ("/my/", "own"),
        ("/shop/place/", "other"),
    ],
)
def test_a_page_says_which_kind_it_is(client, path, kind):
    assert f'data-page="{kind}"' in client.get(path).content.decode()


def test_a_visit_is_good_when_everything_known_of_it_is():
    visit(1, lcp=2500, inp=200, cls=100)
    visit(2, inp=None, cls=None)  # nothing was touched; the browser tells no shift
    visit(3, lcp=2501)
    visit(4, inp=201)
    visit(5, cls=101)
    visit(6, errors=1)
    visit(7, lcp=None, errors=2)  # it never drew anything, and failed
    visit(8, lcp=None)  # nothing is known of it
    assert fast_site(DAY, DAY) == Sums(
        visits=7, good=2, lcp_known=6, lcp_good=5, inp_known=7, inp_good=6, cls_known=7, cls_good=6, faultless=5
    )


def test_a_share_needs_enough_visits():
    assert Sums(visits=LEAST - 1, good=50).share() is None
    assert Sums(visits=LEAST, good=50).share() == 0.5
    assert Sums().share(0) is None


def test_days_that_are_over_are_added_up_once_and_tell_the_same():
    visit(1)
    visit(2, lcp=3000)
    visit(3, page="product", at=NOON + timedelta(days=1))
    before = counted_between(DAY, DAY + timedelta(days=1))
    assert add_up_days(at=datetime(2026, 3, 11, 0, 59, tzinfo=UTC)) == 0  # what began before midnight may still come
    assert add_up_days(at=datetime(2026, 3, 11, 1, 0, tzinfo=UTC)) == 1
    assert add_up_days(at=datetime(2026, 3, 11, 9, 0, tzinfo=UTC)) == 0
    assert (VisitDay.objects.get().visits, VisitDay.objects.get().good) == (2, 1)
    assert counted_between(DAY, DAY + timedelta(days=1)) == before


def test_single_visits_are_forgotten_after_two_weeks_and_their_sums_stay():
    visit(1)
    later = NOON + timedelta(days=15)
    assert forget_visits(at=later) == 0  # not added up yet
    add_up_days(at=later)
    visit(2, at=later)
    assert forget_visits(at=later) == 1
    assert (Visit.objects.count(), fast_site(DAY, DAY).visits, fast_site(DAY, later.date()).visits) == (1, 1, 2)


def test_the_staff_sees_figures_with_what_they_are_of(agent_client):
    assert "Nothing has been measured yet" in agent_client.get("/window/speed/").content.decode()
    today = clock.now()
    for key in range(99):
        visit(key, at=today)
    assert "99 visits so far; a share is shown from 100 on." in agent_client.get("/window/speed/").content.decode()
    visit(99, at=today, errors=1)
    page = agent_client.get("/window/speed/").content.decode()
    assert "99.0%" in page
    assert "99 of 100" in page


def test_two_weeks_make_a_line(agent_client):
    today = clock.now()
    for key in range(30):
        visit(key, at=today)
        visit(1000 + key, at=today - timedelta(days=8))
    assert "<polyline" in agent_client.get("/window/speed/").content.decode()

"""The probe asks a real server, counts each minute once, and asks nobody else's pages."""

import socket
from datetime import UTC, datetime, timedelta

import pytest

from vafa.agreements import actions, queries
from vafa.agreements.looking import MOST_BYTES, Look, is_allowed, look_at, origin_of
from vafa.agreements.models import DownSpell, Maintenance, Probe, ProbeHour
from vafa.agreements.tests.make import DAY, Page, home_page
from vafa.kit.problems import Problem

MINUTE = timedelta(minutes=1)
NOON = datetime(2026, 5, 20, 12, 0, tzinfo=UTC)
UP, DOWN = Look("up", 120), Look("error", 30)


@pytest.fixture
def page(settings):
    with Page() as server:
        settings.PUBLIC_URL = server.url
        settings.PROBE_ADDRESSES = []
        yield server


@pytest.mark.parametrize(
    ("says", "result"),
    [(200, "up"), (404, "error"), (500, "error"), (503, "error"), ("nothing", "slow"), ("drops", "slow")],
)
def test_a_look_says_what_a_visitor_would_see(page, says, result):
    page.says = says
    assert look_at(f"{page.url}/", 0.5 if isinstance(says, str) else 10).result == result


def test_a_page_that_is_down_gives_no_answer(settings):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings.PUBLIC_URL = f"http://127.0.0.1:{port}"
    assert look_at(f"http://127.0.0.1:{port}/", 5).result == "no_answer"


def test_of_an_endless_page_only_the_beginning_is_read(page):
    page.says = "endless"
    assert look_at(f"{page.url}/", 20).result == "up"
    assert MOST_BYTES == 262_144


def test_a_redirect_within_the_shop_is_followed_a_few_times(page):
    page.says, page.where = "redirect", "/again"
    assert look_at(f"{page.url}/", 10).result == "elsewhere"
    assert page.asked == 4


def test_a_redirect_never_makes_the_server_ask_somebody_else(page):
    with Page() as other:
        page.says, page.where = "redirect", f"{other.url}/secret"
        assert look_at(f"{page.url}/", 10).result == "elsewhere"
        assert (page.asked, other.asked) == (1, 0)


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:6379/", "http://localhost:8000/", "https://127.0.0.1:8000/", "file:///etc/passwd",
        "http://169.254.169.254/latest/", "http://shop.example@10.0.0.1/", "http://user:pw@shop.example/",
        "gopher://shop.example/", "http://shop.example:99999/", "//shop.example/", "http://[::1]/", "", "shop.example",
        "https://shop.example.evil.test/",
    ],
)  # fmt: skip
@pytest.mark.django_db
def test_only_the_shops_own_addresses_can_be_asked(settings, address):
    settings.PUBLIC_URL, settings.PROBE_ADDRESSES = "https://shop.example", ["http://10.0.0.5:8080"]
    assert not is_allowed(address)
    with pytest.raises(Problem) as refused:
        actions.add_probe("x", address, at=NOON)
    assert (refused.value.code, Probe.objects.count()) == ("not-ours", 0)
    assert look_at(address, 1).result == "elsewhere"


def test_an_origin_has_its_port_written_out():
    assert (
        origin_of("https://Shop.Example/a?b#c") == origin_of("https://shop.example:443") == "https://shop.example:443"
    )


@pytest.mark.django_db
def test_who_runs_the_machine_names_further_addresses(settings):
    settings.PUBLIC_URL, settings.PROBE_ADDRESSES = "https://vafa.example", ["https://shop.example"]
    assert actions.add_probe("Shop", "https://shop.example/cart", at=NOON).active


@pytest.mark.django_db
def test_a_minute_is_counted_once():
    probe = home_page()
    assert actions.record_look(probe, UP, at=NOON)
    assert not actions.record_look(probe, DOWN, at=NOON + timedelta(seconds=59))
    assert actions.record_look(probe, DOWN, at=NOON + MINUTE)
    assert not actions.record_look(probe, UP, at=NOON)
    hour = ProbeHour.objects.get()
    assert (hour.hour, hour.checks, hour.up, hour.excluded, hour.milliseconds) == (NOON, 2, 1, 0, 120)


@pytest.mark.django_db
def test_an_hour_is_one_row():
    probe = home_page()
    for minute in range(61):
        actions.record_look(probe, UP, at=NOON + minute * MINUTE)
    assert list(ProbeHour.objects.order_by("hour").values_list("checks", "up")) == [(60, 60), (1, 1)]
    assert queries.uptime(probe, NOON, NOON + DAY).share == 1.0


@pytest.mark.django_db
def test_announced_maintenance_does_not_count():
    probe = home_page()
    actions.announce_maintenance(begins_at=NOON, ends_at=NOON + 2 * MINUTE, probe=None, note="", at=NOON - DAY)
    for minute, look in enumerate([DOWN, DOWN, UP]):
        actions.record_look(probe, look, at=NOON + minute * MINUTE)
    hour = ProbeHour.objects.get()
    assert (hour.checks, hour.up, hour.excluded, DownSpell.objects.count()) == (1, 1, 2, 0)


@pytest.mark.django_db
@pytest.mark.parametrize(("begins", "lasts"), [(-MINUTE, DAY), (DAY, -MINUTE), (DAY, timedelta()), (DAY, 3 * DAY)])
def test_maintenance_is_announced_before_and_is_short(begins, lasts):
    begins_at = NOON + begins
    with pytest.raises(Problem) as refused:
        actions.announce_maintenance(begins_at=begins_at, ends_at=begins_at + lasts, probe=None, note="", at=NOON)
    assert (refused.value.code, Maintenance.objects.count()) == ("bad-window", 0)


@pytest.mark.django_db
def test_a_window_that_has_begun_stays():
    window = actions.announce_maintenance(begins_at=NOON, ends_at=NOON + MINUTE, probe=None, note="", at=NOON - DAY)
    with pytest.raises(Problem):
        actions.call_off_maintenance(window.pk, at=NOON)
    actions.call_off_maintenance(window.pk, at=NOON - MINUTE)
    assert Maintenance.objects.count() == 0


@pytest.mark.django_db
def test_the_second_failure_in_a_row_is_told_and_ends_with_the_first_answer():
    probe = home_page()
    actions.record_look(probe, DOWN, at=NOON)
    assert queries.down_now() == []
    actions.record_look(probe, Look("slow", 10_000), at=NOON + MINUTE)
    (spell,) = queries.down_now()
    assert (spell.began_at, spell.checks, spell.reason) == (NOON, 2, "slow")
    actions.record_look(probe, UP, at=NOON + 2 * MINUTE)
    assert queries.down_now() == []
    assert queries.spells_of(probe)[0].ended_at == NOON + 2 * MINUTE


@pytest.mark.django_db
def test_the_worker_asks_every_page(page):
    from vafa.agreements.tasks import probe as ask
    from vafa.jobs.actions import enqueue
    from vafa.jobs.work import Work

    actions.add_probe("Home", f"{page.url}/", at=NOON)
    ask(Work(enqueue("agreements.probe", arguments={})))
    assert page.asked == 1
    assert ProbeHour.objects.get().up == 1


@pytest.mark.django_db
def test_uptime_is_measured_against_what_was_agreed():
    from vafa.agreements.models import Measurement
    from vafa.agreements.tests.make import draft, level

    probe = home_page(at=NOON)
    host = actions.save_partner("host", name="Host", role="hosting", ref="")
    made = draft(host, code="hosting", calendar="gregorian", valid_from=datetime(2026, 5, 1).date())
    level(made, measure="uptime", within=None, probe=probe, target=0.99, minimum=1000)
    actions.put_in_force(made, at=NOON)
    hours = [
        ProbeHour(probe=probe, hour=NOON + n * timedelta(hours=1), checks=60, up=59 if n == 3 else 60)
        for n in range(20)
    ]
    ProbeHour.objects.bulk_create(hours)
    actions.promise_and_measure(at=NOON + 30 * DAY)
    row = Measurement.objects.get()
    assert (row.observed, row.met, row.outcome) == (1200, 1199, "met")

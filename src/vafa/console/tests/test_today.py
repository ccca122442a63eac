"""Today: what waits, what to do, and where the kept rate is going."""

import re
from datetime import timedelta

import pytest

from vafa.console import queries
from vafa.console.models import HistoryReport
from vafa.delivery.models import Notice, Watched
from vafa.delivery.queries.watching import AtRisk, at_risk_counts, promises_at_risk
from vafa.jobs.models import Job, State
from vafa.kit import clock
from vafa.promises.actions import import_promises
from vafa.promises.tests.make import DAY, a_promise, historic, tehran

pytestmark = pytest.mark.django_db
TODAY = tehran(31)


@pytest.fixture(autouse=True)
def _on_the_last_of_march(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: TODAY)


def weeks_of(kept_of_ten):
    """Ten promises in each of the last weeks, so many of them kept; the oldest week first."""
    rows = []
    for back, kept in enumerate(reversed(kept_of_ten)):
        for number in range(10):
            due = TODAY.date() - DAY - timedelta(days=7 * back + number % 7)
            came = TODAY - timedelta(days=(TODAY.date() - due).days - (0 if number < kept else 1))
            key = f"{back}-{number}"
            rows.append(historic(key, due_on=due, made_at=came - 9 * DAY, fulfilled_at=came))
    import_promises(rows, at=TODAY)


def watched(number, *, due_on, probability, loss=0, reason=None):
    """A promise, and what is thought of it now."""
    promise = a_promise(number, due_on=due_on)
    reasons = [reason] if reason else []
    return Watched.objects.create(
        promise=promise, at=TODAY, probability=probability, loss_minor=loss, currency="IRR", reasons=reasons
    )


def told(watched):
    Notice.objects.create(promise=watched.promise, number=1, state="sent", made_at=TODAY, sent_at=TODAY)


def counts_on(page):
    found = re.findall(r'class="stat-label">([^<]*)</span>\s*<span class="stat-value[^>]*>([^<]*)<', page)
    return dict(found)


def test_weeks_are_counted_back_from_yesterday():
    weeks_of([5, 6, 7, 8, 9, 10])
    weeks = queries.kept_by_week(TODAY.date())
    assert [week.kept for week in weeks] == [0, 0, 0, 0, 0, 0, 5, 6, 7, 8, 9, 10]
    assert [week.settled for week in weeks] == [0] * 6 + [10] * 6


def test_promises_due_today_are_not_in_the_weeks_yet():
    import_promises([historic(1, due_on=TODAY.date(), made_at=TODAY - 9 * DAY, fulfilled_at=TODAY - DAY)], at=TODAY)
    assert queries.kept_by_week(TODAY.date()) == [queries.NOTHING] * 12


def test_four_weeks_are_compared_with_the_four_before():
    weeks_of([5, 5, 5, 5, 8, 8, 8, 8])
    found = queries.four_weeks(queries.kept_by_week(TODAY.date()))
    assert (found.now, found.before) == (0.8, 0.5)


def test_too_few_outcomes_say_nothing_about_where_it_is_going():
    weeks_of([8, 8, 8, 8])
    assert queries.four_weeks(queries.kept_by_week(TODAY.date())) is None


def test_an_empty_shop_is_told_what_to_bring(owner_client):
    page = owner_client.get("/").content.decode()
    assert ("Bring your order history" in page, "Waiting for somebody" in page) == (True, False)


def test_promises_made_without_a_history_are_counted_too(agent_client):
    watched(1, due_on=TODAY.date(), probability=0.2)
    page = agent_client.get("/").content.decode()
    assert ("Bring your order history" in page, counts_on(page)["At risk"]) == (False, "1")


def test_what_waits_is_counted_and_leads_to_its_list(agent_client):
    watched(1, due_on=TODAY.date() + 9 * DAY, probability=0.99)
    watched(2, due_on=TODAY.date() + 9 * DAY, probability=0.5)
    watched(3, due_on=TODAY.date(), probability=0.7)
    watched(4, due_on=TODAY.date() - DAY, probability=0.0)
    Job.objects.create(task="promises.seal", state=State.FAILED, asked_at=TODAY, finished_at=TODAY)
    page = agent_client.get("/").content.decode()
    assert counts_on(page) == {
        "Overdue": "1",
        "At risk": "2",
        "For approval": "none",
        "Customers to tell": "none",
        "Customers have chosen": "none",
        "Work that failed": "1",
    }
    for link in re.findall(r'stat-link[^"]*" href="([^"]*)"', page):
        assert agent_client.get(link).status_code == 200


def test_nothing_that_waits_is_called_none(agent_client):
    watched(1, due_on=TODAY.date() + 9 * DAY, probability=0.99)
    page = agent_client.get("/").content.decode()
    assert set(counts_on(page).values()) == {"none"}
    assert "None: every open promise that is watched will probably be kept." in page


def test_a_chance_that_was_small_at_the_making_and_is_good_now_is_not_at_risk(agent_client):
    promise = a_promise(1, due_on=TODAY.date(), probability=0.3)
    Watched.objects.create(promise=promise, at=TODAY, probability=0.97)
    assert counts_on(agent_client.get("/").content.decode())["At risk"] == "none"


def test_the_dearest_stand_first_with_what_they_may_cost_and_why(agent_client):
    late = {"code": "hand_over_overdue", "days": 2, "usual": 0.8}
    watched(1, due_on=TODAY.date(), probability=0.7, loss=30_000)
    watched(2, due_on=TODAY.date() + 5 * DAY, probability=0.5, loss=900_000, reason=late)
    page = agent_client.get("/").content.decode()
    assert page.index("<bdi>A-2</bdi>") < page.index("<bdi>A-1</bdi>")
    assert "The hand-over to the carrier is overdue by 2 days." in page
    assert "90,000" in page  # Toman


def test_more_at_risk_than_the_page_shows_are_counted_rightly(agent_client):
    for number in range(60):
        watched(number, due_on=TODAY.date(), probability=0.5)
    page = agent_client.get("/").content.decode()
    assert (counts_on(page)["At risk"], "and 52 more" in page) == ("60", True)


def test_counts_and_lists_are_of_the_same_promises():
    for number in range(30):
        each = watched(number, due_on=TODAY.date() + (number - 9) * DAY, probability=number % 4 / 4)
        if number % 5 == 0:
            told(each)
    counts = at_risk_counts(at=TODAY)
    assert counts == AtRisk(
        every=promises_at_risk().count(),
        **{each: promises_at_risk({"which": each}, at=TODAY).count() for each in ("ahead", "untold", "overdue")},
    )
    assert (counts.every, counts.ahead + counts.overdue, counts.untold < counts.ahead) == (30, 30, True)


def test_today_costs_the_same_however_much_waits(owner_client, django_assert_max_num_queries):
    weeks_of([9] * 12)
    watched(59, due_on=TODAY.date(), probability=0.5)
    with django_assert_max_num_queries(23) as few:
        owner_client.get("/")
    for number in range(60, 90):
        watched(number, due_on=TODAY.date(), probability=0.5)
    with django_assert_max_num_queries(23) as many:
        owner_client.get("/")
    assert len(many) == len(few)


def test_the_thing_to_do_counts_the_customers_who_are_not_told_and_leads_to_them(owner_client):
    HistoryReport.objects.create(made_at=TODAY, body={"orders": 500, "regions": [], "caution": 0.9})
    for number in range(14):
        each = watched(number, due_on=TODAY.date() + (number > 1) * DAY - DAY, probability=0.5)
        if number in {5, 9}:
            told(each)
    page = owner_client.get("/").content.decode()
    assert "Tell 10 customers whose promises are at risk" in page
    assert 'href="/at-risk/?which=untold"' in page
    assert owner_client.get("/at-risk/?which=untold").content.decode().count('scope="row"') == 10

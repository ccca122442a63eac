"""The one list of promises at risk: where it is, what narrows it, what it says."""

from datetime import timedelta

import pytest

from vafa.delivery.actions.watching import save_watch_rules
from vafa.delivery.models import Notice, Watched
from vafa.delivery.tests.make import NOW, a_shop, promised
from vafa.kit import clock

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _now(monkeypatch):
    a_shop()
    monkeypatch.setattr(clock, "now", lambda: NOW)


def watched(number, *, days, probability=0.5):
    promise = promised(number, days=days, placed=NOW - 3 * DAY)
    return Watched.objects.create(promise=promise, at=NOW, probability=probability)


def listed(client, query=""):
    answer = client.get(f"/at-risk/{query}", headers={"Accept-Language": "en"})
    assert answer.status_code == 200
    page = answer.content.decode()
    return {number for number in ("W1", "W2", "W3") if f"<bdi>{number}</bdi>" in page}


def test_the_address_of_the_old_list_leads_to_the_one_there_is_for_good(agent_client):
    answer = agent_client.get("/promises/at-risk/")
    assert (answer.status_code, answer["Location"]) == (301, "/at-risk/")


def test_strangers_are_sent_to_the_sign_in_page(client):
    for address in ("/at-risk/", "/promises/at-risk/"):
        assert "sign-in" in client.get(address)["Location"]


def test_the_list_is_narrowed_to_those_before_and_those_past_their_day(agent_client):
    watched("W1", days=9)
    watched("W2", days=1)
    watched("W3", days=9, probability=0.9)
    assert listed(agent_client) == {"W1", "W2"}
    assert listed(agent_client, "?which=ahead") == {"W1"}
    assert listed(agent_client, "?which=untold") == {"W1"}
    assert listed(agent_client, "?which=overdue") == {"W2"}
    assert listed(agent_client, "?which=nonsense") == {"W1", "W2"}


def test_each_promise_at_risk_says_why(agent_client):
    known = {
        "a_little_slow": ({"region": "Fars", "pace": 0.9}, "a little slower than usual"),
        "holidays_ahead": ({"days": 2}, "Holidays until the promised day: 2 days."),
        "not_handed_over": ({"days": 1}, "1 day before the promised day it is not yet with the carrier."),
        "arrived_late": ({"days": 3}, "It arrived 3 days after the promised day."),
    }
    for code, (values, sentence) in known.items():
        row = watched(f"W-{code}", days=9)
        Watched.objects.filter(pk=row.pk).update(reasons=[{"code": code, **values}])
        page = agent_client.get("/at-risk/", headers={"Accept-Language": "en"}).content.decode()
        assert sentence in page
        assert "Nothing unusual is known" not in page
    watched("W1", days=9)
    page = agent_client.get("/at-risk/", headers={"Accept-Language": "en"}).content.decode()
    assert page.count("Nothing unusual is known of it; the experience with this place") == 1


def test_no_chance_is_told_after_the_day(agent_client):
    watched("W1", days=1, probability=0.31)
    page = agent_client.get("/at-risk/", headers={"Accept-Language": "en"}).content.decode()
    assert "overdue" in page
    assert "of 100</strong>" not in page


def test_who_was_told_as_often_as_the_rules_allow_is_not_offered_to_be_told_again(agent_client):
    save_watch_rules(most_notices=1)
    address = f"/at-risk/{watched('W1', days=9).promise.public_id}/tell"
    assert f'action="{address}"' in agent_client.get("/at-risk/").content.decode()
    assert agent_client.post(address).status_code == 302
    assert f'action="{address}"' not in agent_client.get("/at-risk/").content.decode()


def test_a_call_is_noted_with_its_words_and_its_day(agent_client):
    promise = watched("W1", days=9).promise
    address = f"/at-risk/{promise.public_id}/called"
    refused = agent_client.post(address, {"said": " "})
    assert (refused.status_code, Notice.objects.count()) == (422, 0)
    early = agent_client.post(address, {"said": "Sorry.", "called_on": promise.due_on.isoformat()})
    assert (early.status_code, Notice.objects.count()) == (422, 0)
    later = promise.due_on + DAY
    noted = agent_client.post(
        address, {"said": "The lorry broke down.", "called_on": later.isoformat()}, headers={"Accept-Language": "en"}
    )
    assert (noted.status_code, noted["Location"]) == (302, "/at-risk/")
    notice = Notice.objects.get()
    assert (notice.words, notice.new_on) == ({"en": "The lorry broke down."}, later)

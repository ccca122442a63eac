"""Before a guarantee is published the last year is replayed under it."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse

from vafa.delivery.actions.guarantee_costs import ask_cost, work_out_cost
from vafa.delivery.guarantee_cost import replay
from vafa.delivery.models import GuaranteeCost
from vafa.delivery.tests import make
from vafa.jobs.models import Job
from vafa.kit.problems import Problem
from vafa.orders.models import Order
from vafa.promises.actions import publish, save_draft
from vafa.promises.guarantee_terms import Caps, GuaranteeTerms, RemedyRule, Scope
from vafa.shop.actions import save_settings

pytestmark = pytest.mark.django_db
TEXT = {"fa": "دوروزه", "ar": "خلال يومين", "en": "Two days"}
TWO_DAYS = GuaranteeTerms(
    "delivery",
    "within_days",
    date(2026, 1, 1),
    "IRR",
    text=TEXT,
    days=2,
    remedy=RemedyRule("voucher", percent=10),
)


def a_year(count=200):
    """Orders every eight hours; to Tehran they take 1, 2, 2, 3, 4 days, to Shiraz one more."""
    make.a_shop()
    make.orders(count)
    Order.objects.update(customer_ref="C-1")


def test_the_draft_is_replayed_on_the_orders_of_its_scope():
    a_year()
    report = replay(replace(TWO_DAYS, scope=Scope(place="شیراز")), 0.01)
    own = report["own"]
    late = own["late"]["value"]
    assert report["orders"] == 99  # the newest order is the newest fact: nothing is known of it yet
    assert own["orders"] == 96
    assert own["cost"]["value"] == late * 50_000
    assert own["share"]["value"] == pytest.approx(late * 50_000 / (96 * 500_000))
    everywhere = replay(TWO_DAYS, 0.01)
    assert everywhere["orders"] == 199
    assert everywhere["own"]["late"]["value"] > late


def test_cancelled_orders_have_no_remedy():
    a_year()
    Order.objects.filter(number__in=[f"A{n}" for n in range(0, 100, 2)]).update(cancelled=True)
    assert replay(TWO_DAYS, 0.01)["orders"] == 149


def test_the_strongest_wording_stays_under_the_limit():
    a_year()
    report = replay(TWO_DAYS, 0.03)
    by_days = {row["days"]: row["share"]["value"] for row in report["wordings"]}
    assert by_days[report["strongest"]] < 0.03 <= by_days[report["strongest"] - 1]


def test_limits_make_remedies_wait_in_the_replay_as_in_life():
    a_year()
    once = replace(TWO_DAYS, caps=Caps(per_customer=1, customer_days=3650))
    own = replay(once, 0.01)["own"]
    assert own["waiting"] == own["late"]["value"] - 1
    nobody = replace(TWO_DAYS, caps=Caps(budget_minor=0))
    assert replay(nobody, 0.01)["own"]["waiting"] == own["late"]["value"]


def test_orders_without_a_value_are_counted_and_not_paid():
    a_year()
    Order.objects.update(price_minor=None)
    own = replay(TWO_DAYS, 0.01)["own"]
    assert (own["cost"]["value"], own["share"], own["without_worth"]) == (0, None, own["late"]["value"])


def test_without_history_the_replay_is_refused():
    make.a_shop()
    make.orders(20)
    with pytest.raises(Problem) as refused:
        replay(TWO_DAYS, 0.01)
    assert refused.value.code == "too-little-history"


def test_the_worker_works_out_what_was_asked_for_and_twice_is_the_same():
    a_year()
    asked = ask_cost(save_draft("two-days", TWO_DAYS), limit=0.02)
    assert Job.objects.get(public_id=asked.job_ref).task == "delivery.guarantee_cost"
    first = work_out_cost(asked.public_id).report
    assert work_out_cost(asked.public_id).report == first
    assert first["limit"] == 0.02


def test_a_limit_that_cannot_be_asks_for_nothing():
    make.a_shop()
    with pytest.raises(Problem) as refused:
        ask_cost(save_draft("two-days", TWO_DAYS), limit=0.9)
    assert refused.value.code == "bad-limit"
    assert not GuaranteeCost.objects.exists()


def test_the_page_shows_the_report_and_says_when_the_draft_has_changed(owner_client):
    a_year()
    draft = save_draft("two-days", TWO_DAYS)
    page = reverse("delivery:guarantee-cost", args=["two-days"])
    assert "Not worked out yet" in owner_client.get(page).content.decode()
    assert owner_client.post(f"{page}ask", {"limit": "1"}).status_code == 302
    work_out_cost(GuaranteeCost.objects.get().public_id)
    shown = owner_client.get(page).content.decode()
    assert "remedies," in shown
    assert "The draft has changed since" not in shown
    save_draft(draft.code, replace(TWO_DAYS, days=3))
    assert "The draft has changed since" in owner_client.get(page).content.decode()


def test_agents_read_the_report_and_ask_for_none(agent_client):
    a_year()
    save_draft("two-days", TWO_DAYS)
    page = reverse("delivery:guarantee-cost", args=["two-days"])
    assert agent_client.get(page).status_code == 200
    assert agent_client.post(f"{page}ask", {"limit": "1"}).status_code == 403
    assert agent_client.get(reverse("delivery:guarantee-cost", args=["none"])).status_code == 404


def test_the_command_drafts_from_a_file_and_tells_the_cost(tmp_path, capsys):
    a_year()
    file = tmp_path / "draft.toml"
    file.write_text(
        'wording = "within_days"\ndays = 2\nvalid_from = 2026-01-01\n[text]\nen = "Two days"\n'
        '[remedy]\nkind = "voucher"\npercent = 10\n',
        encoding="utf-8",
    )
    call_command("guarantee", "draft", "two-days", str(file))
    call_command("guarantee", "cost", "two-days")
    said = capsys.readouterr().out
    assert "Had you promised this:" in said
    call_command("guarantee", "cost", "two-days", "--json")
    assert json.loads(capsys.readouterr().out)["own"]["days"] == 2


def test_a_quote_shows_the_guarantee_and_its_promise_stands_under_that_version():
    from vafa.delivery.actions.promising import Wanted, promise_from_quote
    from vafa.delivery.actions.quotes import make_quote
    from vafa.delivery.questions import Asked
    from vafa.promises.actions import end
    from vafa.promises.models import Cover

    a_year()
    save_draft("two-days", TWO_DAYS, at=make.NOW - timedelta(days=1))
    version = publish("two-days", by="staff:1", at=make.NOW - timedelta(days=1))
    quote = make_quote(Asked(to="Shiraz", price_minor=700_000), at=make.NOW)
    answer = quote.answers[0]
    assert answer["guarantee"]["version"] == version.reference
    assert answer["guarantee"]["until"] == "2026-03-03"
    end("two-days", by="staff:1", at=make.NOW)  # the customer was shown it, so it counts
    promise, _new = promise_from_quote(
        Wanted(quote.public_id, answer["option"], "9001", "C-9"), key="k", at=make.NOW + timedelta(minutes=5)
    )
    assert promise.guarantee_version == version.reference
    assert Cover.objects.get(promise=promise).value_minor == 700_000
    again = make_quote(Asked(to="Shiraz"), at=make.NOW + timedelta(minutes=5))
    assert again.answers[0]["guarantee"] is None


def test_working_days_are_replayed_as_working_days():
    a_year()
    every = replay(TWO_DAYS, 0.01)
    save_settings(working_week={str(day): [["09:00", "17:00"]] for day in range(7)}, holiday_country="")
    assert replay(replace(TWO_DAYS, working_days=True), 0.01)["own"]["late"] == every["own"]["late"]
    save_settings(working_week={"0": [["09:00", "17:00"]]})  # Mondays only: two of them are a week and more
    mondays = replay(replace(TWO_DAYS, working_days=True), 0.01)
    assert (mondays["own"]["late"]["value"], mondays["working_days"]) == (0, True)
    assert every["own"]["late"]["value"] > 0

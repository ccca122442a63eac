"""Advertised claims are checked against what was delivered."""

from datetime import date, timedelta
from html import escape

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from vafa.delivery.actions.claims import check_claim, check_claims, save_assumption
from vafa.delivery.claims import check_of, takes
from vafa.delivery.models import Assumption, ClaimAlert, Parcel
from vafa.delivery.queries.claims import FASTER_SALES, assumed, open_alerts
from vafa.delivery.queries.past_orders import Where
from vafa.delivery.tests import make
from vafa.kit.problems import Problem
from vafa.orders.models import Order
from vafa.promises.actions import Claimed, end_claim, register_claim
from vafa.promises.models import AdvertisedClaim

pytestmark = pytest.mark.django_db
TODAY = make.NOW.date()


def a_claim(**changes):
    said = {"text": "Two days to Shiraz", "kind": "within_days", "starts_on": TODAY - timedelta(days=9), "days": 2}
    return register_claim(Claimed(**{**said, "place": "Shiraz", **changes}), by="staff:1", at=make.NOW)


def a_history():
    make.a_shop()
    make.orders(300)


def test_a_claim_is_kept_as_often_as_orders_arrived_in_time():
    a_history()
    report = check_of(a_claim(), make.NOW)
    # to Shiraz 2, 3, 3, 4, 5 days in turn: one of five within two days
    assert report["of"] > 100
    assert report["share"] == pytest.approx(0.2, abs=0.03)
    assert report["verdict"] == "under"
    assert report["shortest"]["days"] == 5


def test_a_claim_that_holds_has_no_alert():
    a_history()
    assert check_claim(a_claim(days=6), at=make.NOW).verdict == "holds"
    assert open_alerts() == []


def test_too_few_orders_say_nothing_and_raise_nothing():
    a_history()
    make.rare_orders(5)
    found = check_claim(a_claim(place="Kabul"), at=make.NOW)
    assert (found.verdict, open_alerts()) == ("few", [])


def test_a_failing_claim_raises_one_alert_until_it_holds_again():
    a_history()
    claim = a_claim()
    check_claims(at=make.NOW)
    check_claims(at=make.NOW + timedelta(hours=1))
    alert = ClaimAlert.objects.get()
    assert (alert.claim, alert.raised_at, alert.cleared_at) == (claim, make.NOW, None)
    AdvertisedClaim.objects.filter(pk=claim.pk).update(days=6)
    check_claims(at=make.NOW + timedelta(hours=2))
    alert.refresh_from_db()
    assert alert.cleared_at == make.NOW + timedelta(hours=2)


def test_an_ended_claim_is_checked_no_more_and_its_alert_is_cleared():
    a_history()
    claim = a_claim()
    check_claims(at=make.NOW)
    end_claim(claim, on=TODAY)
    assert check_claims(at=make.NOW + timedelta(days=2)) == 0
    assert open_alerts() == []


def test_an_order_that_never_arrived_counts_against_the_claim():
    a_history()
    before = check_of(a_claim(days=6), make.NOW)
    Parcel.objects.filter(order__number="A101").update(delivered_at=None)
    after = check_of(AdvertisedClaim.objects.get(), make.NOW)
    assert (after["of"], after["kept"]) == (before["of"], before["kept"] - 1)


def test_free_delivery_is_checked_by_what_was_charged():
    a_history()
    Order.objects.update(freight_minor=0)
    Order.objects.filter(number__in=[f"A{n}" for n in range(280, 300)]).update(
        price_minor=100_000, freight_minor=50_000
    )
    claim = a_claim(kind="free_from", days=None, amount_minor=90_000, place="", text="Free from 9,000")
    report = check_of(claim, make.NOW)
    assert report["of"] - report["kept"] == 20
    assert (report["verdict"], report["lowest"]) == ("under", 500_000)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": " "}, "text"),
        ({"kind": "best"}, "kind"),
        ({"days": None}, "days"),
        ({"days": 61}, "days"),
        ({"kind": "free_from"}, "amount"),
        ({"level": 0.2}, "level"),
        ({"ends_on": date(2020, 1, 1)}, "ends_on"),
        ({"medium": "x" * 81}, "medium"),
    ],
)
def test_a_claim_that_cannot_be_is_refused(changes, field):
    with pytest.raises(Problem) as refused:
        a_claim(**changes)
    assert (refused.value.code, refused.value.field) == ("bad-claim", field)
    assert not AdvertisedClaim.objects.exists()


def test_what_it_takes_names_a_stage_and_its_worth_follows_from_the_assumption(owner_client):
    a_history()
    found = takes(Where(place="Shiraz"), 4, 0.95, make.NOW)
    assert (found["honest"]["days"], found["days_won"]) == (5, 1)
    assert found["nearest"] == "transit"
    page = reverse("delivery:what-it-takes")
    shown = owner_client.get(page, {"place": "Shiraz", "days": "4", "level": "95"}).content.decode()
    assert "The carrier has to become" in shown
    assert "SSRN 3563404" in shown
    asked = "place=Shiraz&days=4&level=95"
    answer = owner_client.post(reverse("delivery:assume"), {"value": "2", "source": "our own test", "asked": asked})
    assert answer.url == f"{page}?{asked}"
    assert assumed(FASTER_SALES).value == 0.02
    assert "our own test" in owner_client.get(page, {"place": "Shiraz", "days": "4", "level": "95"}).content.decode()


def test_a_wrong_assumption_comes_back_on_its_page_with_what_was_typed(owner_client):
    a_history()
    claim = a_claim(days=4)
    for where in ({"asked": "place=Shiraz&days=4&level=95"}, {"claim": str(claim.public_id)}):
        answer = owner_client.post(reverse("delivery:assume"), {"value": "two", "source": "our own test", **where})
        assert answer.status_code == 422
        page = answer.content.decode()
        assert "Enter a number." in page
        assert 'value="two"' in page
        assert 'value="our own test"' in page
        assert '<details class="mt-4" open>' in page
        name, value = next(iter(where.items()))
        assert f'name="{name}" value="{escape(value)}"' in page  # sent along once more
    for nonsense in ("x", "00000000-0000-0000-0000-000000000000"):
        answer = owner_client.post(reverse("delivery:assume"), {"value": "2", "source": "x", "claim": nonsense})
        assert answer.status_code == 404
    assert not Assumption.objects.exists()


def test_an_assumption_without_a_source_is_refused(agent_client):
    with pytest.raises(Problem) as refused:
        save_assumption(FASTER_SALES, value=0.01, source=" ", by="staff:1")
    assert refused.value.code == "no-source"
    assert agent_client.post(reverse("delivery:assume"), {"value": "2", "source": "x"}).status_code == 403
    assert not Assumption.objects.exists()


def test_owners_register_claims_and_staff_read_them(owner_client, agent_client):
    a_history()
    filled = {"text": "دوروزه در شیراز", "kind": "within_days", "days": "۲", "place": "شیراز", "level": "95"}
    new = reverse("delivery:new-claim")
    assert agent_client.get(new).status_code == 403
    assert owner_client.post(new, {**filled, "starts_on": "2026-02-01", "days": ""}).status_code == 422
    assert not AdvertisedClaim.objects.exists()
    answer = owner_client.post(new, {**filled, "starts_on": "2026-02-01"})
    claim = AdvertisedClaim.objects.get()
    assert answer.url == claim.get_absolute_url()
    assert "under its level" in agent_client.get(answer.url).content.decode()
    assert claim.text in agent_client.get(reverse("delivery:claims")).content.decode()
    assert owner_client.post(reverse("delivery:end-claim", args=[claim.public_id])).status_code == 302


def test_the_command_fails_while_a_running_claim_is_under_its_level(capsys):
    a_history()
    claim = a_claim(starts_on=date(2026, 1, 1))
    with pytest.raises(CommandError) as failed:
        call_command("claim", "check")
    assert failed.value.returncode == 1
    end_claim(claim, on=date(2026, 1, 2))
    call_command("claim", "check")
    call_command("claim", "takes", "4", "--place", "Shiraz")
    assert "the carrier" in capsys.readouterr().out

"""The pages of agreements and incidents with something in them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from vafa.agreements import actions
from vafa.agreements.models import Claim
from vafa.agreements.tests.make import IN_JUNE, draft, home_page, in_force, level, parcels, tipax
from vafa.agreements.tests.test_measuring import APRIL
from vafa.incidents.tests.make import a_told_incident, an_authority
from vafa.promises.models import Promise
from vafa.shop.actions import save_settings


@pytest.fixture(autouse=True)
def _shop(transactional_db):
    save_settings(name="Ketab", zone="Asia/Tehran", holiday_country="", default_language="fa")


def test_a_scorecard_with_large_credits_is_right_for_everyone(look, owner):
    made = in_force(credit_minor=200_000_000, cap_minor=2_000_000_000)
    parcels([1] * 8 + [None] * 2, handed=APRIL)
    parcels([1] * 10, handed=APRIL + timedelta(days=25))
    actions.promise_and_measure(at=IN_JUNE)
    assert Claim.objects.get().amount_minor == 2_000_000_000
    look("/agreements/partners/tipax/", user=owner, name="scorecard")
    look(made.get_absolute_url(), user=owner, name="agreement")
    look("/agreements/credits/", user=owner, name="credits")


def test_tables_that_stand_on_one_page_can_be_told_apart(look, owner):
    host = actions.save_partner("host", name="Host", role="hosting", ref="")
    probe = home_page()
    hosting = draft(host, code="hosting")
    level(hosting, measure="uptime", within=None, probe=probe, target=0.999)
    carriage = draft(tipax())
    level(carriage)
    level(carriage, within=5, target=0.99)
    actions.put_in_force(carriage, at=IN_JUNE)
    parcels([1] * 8 + [None] * 2, handed=APRIL)
    actions.promise_and_measure(at=IN_JUNE)
    look("/agreements/", user=owner, name="agreements-two")
    look("/agreements/partners/tipax/", user=owner, name="scorecard-two")
    look("/agreements/uptime/", user=owner, name="uptime-one")
    look("/api/v1/docs", name="api-docs")
    look(Promise.objects.first().get_absolute_url(), user=owner, name="partner-promise")


def test_an_incident_is_right_for_everyone(look, owner):
    an_authority()
    look(a_told_incident().get_absolute_url(), user=owner, name="incident")

"""The pages of agreements and incidents with something in them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from vafa.agreements import actions
from vafa.agreements.models import Claim
from vafa.agreements.tests.make import IN_JUNE, in_force, parcels
from vafa.agreements.tests.test_measuring import APRIL
from vafa.incidents.tests.make import a_told_incident, an_authority
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


def test_an_incident_is_right_for_everyone(look, owner):
    an_authority()
    look(a_told_incident().get_absolute_url(), user=owner, name="incident")

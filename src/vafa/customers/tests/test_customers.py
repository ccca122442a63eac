"""Who a customer is, and where he is reached."""

from __future__ import annotations

import pytest

from vafa.customers import actions, queries
from vafa.customers.addresses import tidy_address
from vafa.customers.models import ContactPoint, Customer
from vafa.customers.tests.make import NOON, sara
from vafa.kit.problems import Problem

pytestmark = pytest.mark.django_db


def test_the_same_rows_again_change_nothing():
    sara()
    row = actions.CustomerRow("C-1", "سارا", "fa", contacts=(("email", "sara@example.org"),))
    recorded = actions.remember_customers([row], at=NOON)
    assert (recorded.created, recorded.updated, recorded.unchanged) == (0, 0, 1)
    assert ContactPoint.objects.count() == 2


def test_what_a_row_does_not_say_stays():
    sara()
    actions.remember_customers([actions.CustomerRow("C-1", zone="Asia/Dubai")], at=NOON)
    person = Customer.objects.get()
    assert (person.name, person.language, person.zone) == ("سارا", "fa", "Asia/Dubai")


def test_mail_is_tried_before_the_phone_and_a_failed_address_is_passed_over():
    person = sara()
    first, second = queries.contact_points(person)
    assert (first.channel, second.address) == ("email", "+989120000001")
    actions.mark_unreachable(first, at=NOON)
    assert [each.channel for each in queries.contact_points(person)] == ["sms"]


def test_the_address_said_last_comes_first():
    person = sara()
    later = NOON.replace(day=21)
    actions.remember_customers([actions.CustomerRow("C-1", contacts=(("email", "new@example.org"),))], at=later)
    assert queries.contact_points(person)[0].address == "new@example.org"


@pytest.mark.parametrize(
    "row", [{"ref": ""}, {"ref": "x" * 65}, {"ref": "1", "zone": "Mars"}, {"ref": "1", "language": "de"}]
)
def test_nonsense_is_refused_and_nothing_is_written(row):
    with pytest.raises(Problem):
        actions.remember_customers([actions.CustomerRow("C-0"), actions.CustomerRow(**row)], at=NOON)
    assert Customer.objects.count() == 0


def test_consent_of_nobody_is_refused():
    with pytest.raises(Problem):
        actions.set_consent("C-9", purpose="marketing", given=True, source="x", at=NOON)


def test_a_forgotten_customer_is_gone_with_everything():
    sara()
    actions.set_consent("C-1", purpose="marketing", given=True, source="x", at=NOON)
    assert actions.forget_customer("C-1")
    assert not actions.forget_customer("C-1")
    assert ContactPoint.objects.count() == 0


@pytest.mark.parametrize(
    ("channel", "written", "country", "tidy"),
    [
        ("email", " Sara@Example.ORG ", "", "Sara@example.org"),
        ("email", "sara", "", ""),
        ("email", "a@b", "", ""),
        ("email", "a\nb@example.org", "", ""),
        ("sms", "0912 345 6789", "IR", "+989123456789"),
        ("sms", "۰۹۱۲۳۴۵۶۷۸۹", "IR", "+989123456789"),
        ("sms", "9123456789", "IR", "+989123456789"),
        ("sms", "989123456789", "IR", "+989123456789"),
        ("sms", "00966 50 000 0001", "", "+966500000001"),
        ("sms", "+966-50-000-0001", "IR", "+966500000001"),
        ("sms", "050 000 0001", "SA", "+966500000001"),
        ("sms", "0912 345 6789", "", ""),
        ("sms", "12", "IR", ""),
        ("telegram", "@sara_books", "", "@sara_books"),
        ("telegram", "123456", "", "123456"),
        ("bale", "not an id!", "", ""),
    ],
)
def test_addresses_have_one_spelling(channel, written, country, tidy):
    assert tidy_address(channel, written, country) == tidy

"""Promises in danger: the staff's pages and the customer's own, in three languages and two widths."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from vafa.accounts.models import Role, User
from vafa.customers.actions import CustomerRow, remember_customers
from vafa.delivery.actions.noticing import tell_now
from vafa.delivery.actions.slipping import decide_slip
from vafa.delivery.actions.watching import watch
from vafa.delivery.links import path_of
from vafa.delivery.models import Slip
from vafa.delivery.tests.make import a_shop, orders, promised
from vafa.kit import clock


@pytest.fixture
def owner(transactional_db):
    at = clock.now()
    a_shop(languages=["fa", "ar", "en"])
    orders(120, until=at)
    remember_customers([CustomerRow(ref="C-W0", name="سارا", contacts=(("email", "sara@example.org"),))], at=at)
    for number in range(7):
        promised(f"W{number}", days=1, placed=at - timedelta(hours=1 + number), at=at, carrier="تیپاکس")
    watch(at=at)
    return User.objects.create(username="aram", role=Role.OWNER, password="!")


def test_the_pages_of_the_staff_are_right_for_everyone(look, owner):
    slip = Slip.objects.get()
    look("/at-risk/", user=owner, name="watch-alert-open")
    look("/", user=owner, name="watch-today")
    look(reverse("delivery:alert", args=[slip.public_id]), user=owner, name="watch-alert")
    decide_slip(slip, "send", by="staff:1", words={"fa": "تیپاکس این هفته در فارس اعتصاب است."})
    watch()
    look("/at-risk/", user=owner, name="watch-told")
    look("/settings/early-warning/", user=owner, name="watch-rules")
    promise = slip.notices.first().promise
    look(reverse("delivery:propose-date", args=[promise.public_id]), user=owner, name="watch-propose")
    look(reverse("promises:promise", args=[promise.public_id]), user=owner, name="watch-promise")


def test_the_customer_chooses_without_signing_in(look, visit, owner):
    notice = tell_now(Slip.objects.get().notices.first().promise, by="staff:1")
    path = path_of(notice)
    look(path, name="watch-choose")
    page = visit(path, language="fa", width=360, scripts=False)
    page.locator("button:has-text('روز تازه')").click()
    assert "سپاسگزاریم" in page.inner_text("h1")
    look(path, name="watch-chosen")
    notice.refresh_from_db()
    assert notice.choice == "accept"
    assert notice.promise.replaced_by.due_on == notice.new_on

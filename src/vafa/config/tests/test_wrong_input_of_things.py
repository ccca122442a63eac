"""Wrong and missing input in the forms on pages of a thing: a guarantee, an agreement, a gateway, a promise, a parcel.

Every form that such a page draws is sent as a browser sends it, once with nonsense typed into every line and once with
every line empty. It comes back in Persian with what was typed, or was right as it was; nothing ever fails.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.urls import reverse

from vafa.accounts.tests.make import a_member
from vafa.agreements.actions import promise_and_measure, put_in_force
from vafa.agreements.tests import make as agreements
from vafa.agreements.tests.test_measuring import APRIL
from vafa.config.tests.test_wrong_input import WRONG, require_persian_errors
from vafa.connectors.tests.carrier import an_order
from vafa.incidents.tests import make as incidents
from vafa.kit.clock import now
from vafa.messages.actions import add_gateway
from vafa.payments.actions import take_over
from vafa.payments.tests.test_refunds import AFTER, refunds_due
from vafa.promises.actions import make_promise, retract_evidence, settle_promise
from vafa.promises.models import Promise
from vafa.promises.tests.make_guarantees import a_guarantee
from vafa.promises.tests.test_remedies import waiting_remedy
from vafa.shop.actions import save_settings

pytestmark = pytest.mark.django_db
NONSENSE = {**WRONG, "number": "۹" * 40}
SMTP = {"host": "127.0.0.1", "port": "25", "security": "none", "sender": "shop@example.com"}
TYPED = {"text", "number", "url", "email", "search", "tel", ""}


class Forms(HTMLParser):
    """The forms of a page's main part that are sent by POST: their address, and name and kind of each field."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str], dict[str, str]]] = []
        self.select = ""
        self.feed(page.split("<main", 1)[1].split("</main>", 1)[0])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.is_sent = said.get("method") == "post"
            if self.is_sent:
                self.found.append((said.get("action", ""), {}, {}))
        name = said.get("name", "")
        if not self.found or not self.is_sent:
            return
        _action, typed, fixed = self.found[-1]
        if tag == "textarea" or (tag == "input" and said.get("type", "text") in TYPED):
            typed[name] = "number" if said.get("inputmode") in {"numeric", "decimal"} else "long"
            if re.search(r"(_on|valid_from|valid_until)$", name):
                typed[name] = "day"
        elif tag == "select":
            self.select = name
        elif tag == "option" and (self.select not in fixed or "selected" in said):
            fixed[self.select] = said.get("value", "")
        elif tag == "input" and (said.get("type") == "hidden" or "checked" in said):
            fixed[name] = said.get("value", "on")


def a_delivery(number: str) -> Promise:
    return make_promise(
        kind="delivery", key=number, subject_type="order", subject_ref=number, party_ref="C-1",
        text={"fa": "تا جمعه"}, due_on=(now() + timedelta(days=9)).date(), zone="Asia/Tehran",
    )  # fmt: skip


def retracted() -> Promise:
    promise = settle_promise(a_delivery("A-3"), fulfilled_at=now())
    assert promise.fulfilled_at
    retract_evidence(promise, fulfilled_at=promise.fulfilled_at, reason="x", by="staff:1")
    return promise


def a_draft() -> str:
    a_guarantee()
    return "on-the-day"


def notice(name: str) -> str:
    incidents.an_authority()
    incident = incidents.recorded()
    told = incident.notices.filter(rule="authority").get()
    return reverse(name, args=[incident.public_id, told.pk])


def a_credit() -> None:
    agreements.in_force()
    agreements.parcels([1] * 8 + [None] * 2, handed=APRIL)
    promise_and_measure(at=agreements.IN_JUNE)


def answers() -> str:
    agreement = agreements.draft()
    level = agreements.level(agreement, measure="answered", within=24)
    return reverse("agreements:answer", args=[put_in_force(agreement, at=now()).public_id, level.position])


PAGES: dict[str, Callable[[], str]] = {
    **{
        f"gateway {kind}": lambda kind=kind: reverse("messages:add-gateway", args=[kind])
        for kind in ("smtp", "kavenegar")
    },
    "gateway": lambda: reverse("messages:gateway", args=[add_gateway("smtp", "Mail", SMTP).pk]),
    "text": lambda: reverse("messages:text", args=["orders.confirmed", "fa"]),
    "rules of messages": lambda: reverse("messages:rules"),
    "draft": lambda: reverse("promises:guarantee-draft", args=[a_draft()]),
    "promise": lambda: a_delivery("A-1").get_absolute_url(),
    "kept promise": lambda: settle_promise(a_delivery("A-2"), fulfilled_at=now()).get_absolute_url(),
    "retracted promise": lambda: retracted().get_absolute_url(),
    "date": lambda: reverse("delivery:propose-date", args=[a_delivery("A-4").public_id]),
    "parcel": lambda: reverse("delivery:order", args=[an_order().public_id]),
    "rules of warning": lambda: reverse("delivery:watch-rules"),
    "partner": lambda: reverse("agreements:edit-partner", args=[agreements.tipax().code]),
    "agreement of a partner": lambda: reverse("agreements:new-agreement", args=[agreements.tipax().code]),
    "agreement": lambda: reverse("agreements:edit-agreement", args=[agreements.draft().public_id]),
    "level": lambda: reverse("agreements:new-level", args=[agreements.draft().public_id]),
    "answers": answers,
    "words of an incident": lambda: reverse("incidents:texts", args=[incidents.recorded().public_id]),
    "told another way": lambda: reverse("incidents:told-another-way", args=[incidents.a_told_incident().public_id]),
    "authority told": lambda: notice("incidents:told"),
    "authority not told": lambda: notice("incidents:not-needed"),
    "rule": lambda: reverse("incidents:new-rule"),
    "staff": lambda: (a_member("kian"), reverse("accounts:staff"))[1],
    "working hours": lambda: reverse("shop:hours"),
    "holidays": lambda: reverse("shop:holidays"),
    "stated times": lambda: reverse("shop:stated-times"),
    "credit": lambda: (a_credit(), reverse("agreements:credits"))[1],
    "remedy": lambda: (waiting_remedy(), reverse("promises:remedies"))[1],
    "refund": lambda: (refunds_due(), take_over(AFTER), reverse("payments:refunds"))[2],
    "place names": lambda: reverse("shop:place-names"),
}


def sent(page: str, drawn: str) -> Iterator[tuple[str, dict[str, str], dict[str, str]]]:
    """Where each form goes, what is typed into it, and all of it: once nonsense, once nothing."""
    for action, typed, fixed in Forms(drawn).found:
        for words in ({name: NONSENSE[kind] for name, kind in typed.items()}, dict.fromkeys(typed, "")):
            if typed:
                yield action or page, words, {**fixed, **words}


@pytest.mark.parametrize("thing", PAGES)
def test_wrong_and_missing_input_comes_back_in_persian_with_what_was_typed(owner_client, thing):
    save_settings(name="Ketab", zone="Asia/Tehran", holiday_country="", default_language="fa")
    owner_client.cookies["django_language"] = "fa"
    page = PAGES[thing]()
    forms = list(sent(page, owner_client.get(page).content.decode()))
    assert forms
    for address, typed, form in forms:
        answer = owner_client.post(address, form)
        if answer.status_code == 302 and not any(typed.values()):
            continue  # nothing in it must be filled in
        assert answer.status_code == 422, (address, form)
        require_persian_errors(answer.content.decode())
        shown = html.unescape(answer.content.decode())
        assert [name for name, words in typed.items() if words.strip() not in shown] == []


def test_no_customer_is_told_a_day_of_which_nobody_can_be_sure(owner_client):
    promise = a_delivery("A-5")
    far = (promise.due_on + timedelta(days=181)).isoformat()
    for name, field in (("delivery:propose-date", "new_on"), ("delivery:called", "called_on")):
        answer = owner_client.post(reverse(name, args=[promise.public_id]), {field: far, "said": "Sorry."})
        assert answer.status_code == 422
        assert "more than 180 days" in answer.content.decode()
    assert promise.notices.count() == 0

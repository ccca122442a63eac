"""JSON doors for a shop's own system: who a customer is, and what he agrees to."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router, Schema, Status
from pydantic import Field

from vafa.accounts.api_auth import REFUSALS, Bearer
from vafa.accounts.models import Scope
from vafa.customers import actions as customer_actions
from vafa.customers import queries as customers
from vafa.customers.addresses import tidy_address
from vafa.customers.models import Customer
from vafa.kit.clock import now
from vafa.kit.json_fields import NO_CONTROLS, Moment, Strict, Word
from vafa.kit.problems import Problem

router = Router(tags=["Customers"])
READ, WRITE = Bearer(Scope.CUSTOMERS_READ), Bearer(Scope.CUSTOMERS_WRITE)
Number = Annotated[
    str, Field(min_length=1, max_length=64, pattern=NO_CONTROLS, description="The shop's customer number; never a name")
]
Way = Literal["email", "sms", "telegram", "whatsapp", "bale"]
Offers = Literal["marketing"]


class ContactIn(Strict):
    """One way to reach somebody: an e-mail address, a phone number, a chat id."""

    channel: Way
    address: Annotated[str, Field(min_length=1, max_length=254, pattern=NO_CONTROLS)]


class CustomerIn(Strict):
    """What is known of a customer. What is left out stays as it was; contact points are added."""

    customer: Number
    name: Annotated[Word, Field(description="As he is addressed in messages")] = ""
    language: Literal["", "fa", "ar", "en"] = ""
    zone: Annotated[Word, Field(max_length=64, description="IANA name, for quiet hours; default: the shop's")] = ""
    segment: Annotated[
        Annotated[Word, Field(max_length=40)] | None,
        Field(description="The group for which some guarantees are; null: he belongs to none"),
    ] = ""
    country: Annotated[str, Field(pattern=r"^([A-Za-z]{2})?$", description="Two letters, to read phone numbers")] = ""
    contacts: Annotated[list[ContactIn], Field(max_length=20)] = []


class Recorded(Schema):
    """Whether anything became known that was not known before."""

    customer: str
    is_new: bool
    changed: bool


class ConsentIn(Strict):
    """What a customer said about a purpose. News of orders and promises needs no consent."""

    customer: Number
    purpose: Offers
    given: Annotated[bool, Field(description="true: agrees; false: takes it back")]
    at: Annotated[Moment, Field(description="When he said it, with zone; not in the future. The newest word holds")]
    channel: Annotated[Literal["", "email", "sms", "telegram", "whatsapp", "bale"], Field(description="Empty: all")] = (
        ""
    )


class ConsentOut(Schema):
    """One word of a customer. `source` says who wrote it down."""

    purpose: str
    channel: str
    given: bool
    at: datetime
    source: str


class Standing(Schema):
    """To what a customer agrees now on each channel, and everything he said, the newest first."""

    customer: str
    agrees: dict[str, bool]
    said: list[ConsentOut]


class Asked(Schema):
    """Whose."""

    customer: Number


@router.post("", response={200: Recorded, 201: Recorded, **REFUSALS}, auth=WRITE, summary="Who a customer is")
def remember(request: HttpRequest, known: CustomerIn) -> Status[dict[str, Any]]:
    """The same again changes nothing. An address at which nothing can arrive is refused and nothing is written."""
    for number, each in enumerate(known.contacts):
        if not tidy_address(each.channel, each.address, known.country):
            sentence = _("Messages cannot be sent to this address.")
            raise Problem("bad-address", sentence, status=422, field=f"contacts.{number}.address")
    facts = known.model_dump(exclude={"customer", "contacts"})
    contacts = tuple((each.channel, each.address) for each in known.contacts)
    row = customer_actions.CustomerRow(ref=known.customer, contacts=contacts, **facts)
    recorded = customer_actions.remember_customers([row], at=now())
    is_new = bool(recorded.created)
    told = {"customer": known.customer, "is_new": is_new, "changed": is_new or bool(recorded.updated)}
    return Status(201 if is_new else 200, told)


@router.get("/consents", response={200: Standing, **REFUSALS}, auth=READ, summary="What a customer agrees to")
def read_consents(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    return _standing(_found(asked.customer))


@router.post(
    "/consents", response={200: Standing, 201: Standing, **REFUSALS}, auth=WRITE, summary="He agrees, or no longer"
)
def record_consent(request: HttpRequest, said: ConsentIn) -> Status[dict[str, Any]]:
    """The same word again (same moment) is written once: 201 the first time, 200 afterwards."""
    person, by = _found(said.customer), f"token:{request.auth.pk}"  # type: ignore[attr-defined]
    if said.at.utcoffset() is None:
        sentence = _("Give the time with its zone, for example 2026-05-01T10:00:00Z.")
        raise Problem("no-zone", sentence, status=422, field="at")
    if said.at > now():
        raise Problem("in-future", _("This has not happened yet."), status=422, field="at")
    is_new = customer_actions.set_consent(
        person.ref, purpose=said.purpose, channel=said.channel, given=said.given, at=said.at, source=by
    )
    return Status(201 if is_new else 200, _standing(person))


def _found(ref: str) -> Customer:
    person = customers.customer(ref)
    if person is None:
        raise Problem("unknown-customer", _("There is no such customer."), status=404, field="customer")
    return person


def _standing(person: Customer) -> dict[str, Any]:
    ways = Way.__args__  # type: ignore[attr-defined]
    words = customers.words_of(person)
    return {
        "customer": person.ref,
        "agrees": customers.agreed_ways(words, "marketing", ways),
        "said": [{name: getattr(each, name) for name in ConsentOut.model_fields} for each in words],
    }

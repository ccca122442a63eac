"""Customers in their browsers, by name."""

from __future__ import annotations

from django.test import Client

from vafa.customers import actions as customers
from vafa.customers.models import Customer
from vafa.customers.tests.make import sara
from vafa.kit.clock import real_now
from vafa.messages.models import Message
from vafa.orders.models import Order
from vafa.orders.tests.make import an_order
from vafa.storefront.customer import COOKIE, SALT
from vafa.storefront.signing_in import send_asked_code

__all__ = ["an_order", "browser_of", "code_sent", "sara", "saras_order"]


def browser_of(person: Customer) -> Client:
    """A browser in which the person is signed in."""
    from django.core import signing

    client = Client()
    secret = customers.open_session(person, at=real_now())
    client.cookies[COOKIE] = signing.dumps(secret, salt=SALT)
    return client


def saras_order(number: str = "V-1", **said: object) -> Order:
    sara()
    return an_order(number, customer_ref="C-1", **said)


def code_sent(asked: str) -> str:
    """What the worker sent for a code that was asked for; "" where it sent nothing."""
    send_asked_code(asked, at=real_now())
    message = Message.objects.filter(key=f"code:{asked}").first()
    return message.context["code"] if message else ""

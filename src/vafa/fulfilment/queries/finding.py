"""Orders by what people have at hand: a number, a tracking number, a name, a telephone, an address for mail."""

from __future__ import annotations

from vafa.customers.addresses import tidy_address
from vafa.customers.models import Channel
from vafa.delivery.models import Parcel
from vafa.delivery.tracking_numbers import number_key
from vafa.engine.folding import fold
from vafa.kit.formats import plain_digits
from vafa.orders.models import Order, Recipient
from vafa.orders.queries import recipients_named
from vafa.shop.queries import the_shop

MOST = 200
LEAST_LETTERS = 2


def keys_found(words: str) -> list[int]:
    """Primary keys of orders, at most some hundred: all of one kind of match, the most certain kind first."""
    plain = plain_digits(words.strip()).replace("\x00", "")
    return _by_number(plain) or _by_contact(plain) or _by_name(plain)


def _by_number(plain: str) -> list[int]:
    named = Order.objects.filter(number__in={plain, plain.upper(), plain.lower()})
    if found := list(named.values_list("pk", flat=True)):
        return found
    key = number_key(plain)
    parcels = Parcel.objects.filter(number_key=key) if key else Parcel.objects.none()
    return list(parcels.values_list("order_id", flat=True)[:MOST])


def _by_contact(plain: str) -> list[int]:
    if "@" in plain:
        mail = Recipient.objects.filter(email__in={plain, plain.lower(), tidy_address(Channel.EMAIL, plain)} - {""})
        mail = mail.exclude(email="")  # so that SQLite sees that the index, which leaves these out, will do
        return list(mail.order_by("-order_id").values_list("order_id", flat=True)[:MOST])
    phone = tidy_address(Channel.SMS, plain, the_shop().holiday_country)
    if not phone:
        return []
    called = Recipient.objects.filter(phone=phone).exclude(phone="")
    return list(called.order_by("-order_id").values_list("order_id", flat=True)[:MOST])


def _by_name(plain: str) -> list[int]:
    if len(fold(plain)) < LEAST_LETTERS:
        return []
    return list(recipients_named(plain).order_by("-pk").values_list("order_id", flat=True)[:MOST])

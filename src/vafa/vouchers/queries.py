"""Reads of vouchers."""

from __future__ import annotations

from django.db.models import QuerySet

from vafa.vouchers.codes import read_code
from vafa.vouchers.models import Voucher


def vouchers(*, code: str = "", customer_ref: str = "") -> QuerySet[Voucher]:
    """Every voucher, the newest first; narrowed by a code as typed, or by the customer."""
    found = Voucher.objects.order_by("-issued_at", "-pk")
    if code:
        found = found.filter(code=read_code(code))
    return found.filter(customer_ref=customer_ref) if customer_ref else found


def voucher_by(code: str) -> Voucher | None:
    """The voucher of a code, however it is typed."""
    return Voucher.objects.filter(code=read_code(code)).first()


def voucher_of(key: str) -> Voucher | None:
    """The voucher its issuer named `key`."""
    return Voucher.objects.filter(key=key).first()

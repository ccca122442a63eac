"""Stripe's smallest units, which are not always those of CLDR that Vafa counts in."""

from __future__ import annotations

from babel.numbers import get_currency_precision

# https://docs.stripe.com/currencies: those without a fraction, and those counted in thousandths
WHOLE = "BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF"
THOUSANDTHS = "BHD JOD KWD OMR TND"


def to_stripe(minor: int, currency: str) -> int:
    """Our minor units as Stripe counts. ValueError where that is not exact: it takes thousandths by tens."""
    theirs, rest = divmod(minor * _scale(places(currency)), _scale(_ours(currency)))
    if rest or (currency in THOUSANDTHS and theirs % 10):
        raise ValueError("an amount that Stripe cannot take exactly")
    return theirs


def from_stripe(theirs: int, currency: str) -> int | None:
    """Stripe's units as ours; None where that leaves a rest."""
    ours, rest = divmod(theirs * _scale(_ours(currency)), _scale(places(currency)))
    return None if rest else ours


def places(currency: str) -> int:
    """How many digits Stripe writes after the point."""
    return 0 if currency in WHOLE else 3 if currency in THOUSANDTHS else 2


def _ours(currency: str) -> int:
    return int(get_currency_precision(currency))


def _scale(digits: int) -> int:
    return int(10**digits)

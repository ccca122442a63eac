"""Writes: what a step saves, in the rooms it belongs to, and that it was done or put off."""

from vafa.opening.actions.marking import begin, dismiss, put_off, save_hours, save_place, save_shop
from vafa.opening.actions.offering import PaymentWay, WayTerms, save_payment, save_ways
from vafa.opening.actions.selling import sell_one

__all__ = [
    "PaymentWay",
    "WayTerms",
    "begin",
    "dismiss",
    "put_off",
    "save_hours",
    "save_payment",
    "save_place",
    "save_shop",
    "save_ways",
    "sell_one",
]

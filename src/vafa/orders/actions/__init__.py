"""Writes of the orders room: facts in bulk, inserted or brought up to date."""

from __future__ import annotations

from vafa.kit.bulk import Recorded
from vafa.orders.actions.orders import OrderRow, ask_cancellation, record_orders
from vafa.orders.actions.reviews import ReviewRow, record_reviews
from vafa.orders.actions.sellers import SellerRow, remember_sellers

__all__ = [
    "OrderRow",
    "Recorded",
    "ReviewRow",
    "SellerRow",
    "ask_cancellation",
    "record_orders",
    "record_reviews",
    "remember_sellers",
]

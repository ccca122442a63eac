"""Writes of orders: those of our own placed whole, facts of others in bulk, inserted or brought up to date."""

from __future__ import annotations

from vafa.kit.bulk import Recorded
from vafa.orders.actions.cancelling import cancel_pieces
from vafa.orders.actions.erasing import erase_recipient
from vafa.orders.actions.opinions import decide_opinion, give_opinion
from vafa.orders.actions.orders import OrderRow, ask_cancellation, record_orders
from vafa.orders.actions.packing import follow_parcels, lock_order, pack_pieces, renew_stage, send_pieces, unpack_pieces
from vafa.orders.actions.placing import Amounts, Line, Placed, SendTo, place, remember_contents
from vafa.orders.actions.readdressing import readdress
from vafa.orders.actions.reviews import ReviewRow, record_reviews
from vafa.orders.actions.sellers import SellerRow, remember_sellers

__all__ = [
    "Amounts",
    "Line",
    "OrderRow",
    "Placed",
    "Recorded",
    "ReviewRow",
    "SellerRow",
    "SendTo",
    "ask_cancellation",
    "cancel_pieces",
    "decide_opinion",
    "erase_recipient",
    "follow_parcels",
    "give_opinion",
    "lock_order",
    "pack_pieces",
    "place",
    "readdress",
    "record_orders",
    "record_reviews",
    "remember_contents",
    "remember_sellers",
    "renew_stage",
    "send_pieces",
    "unpack_pieces",
]

"""Stripe, Checkout Sessions."""

from vafa.payments.gateways.stripe.adapter import KIND

__all__ = ["KIND"]

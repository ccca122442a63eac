"""Zarinpal, payment API v4."""

from vafa.payments.gateways.zarinpal.adapter import KIND

__all__ = ["KIND"]

"""The built-in sandbox: a page of our own that plays the gateway. No money moves."""

from vafa.payments.gateways.sandbox.adapter import KIND

__all__ = ["KIND"]

"""The tables: accounts at gateways, payments with their story, refunds, and what was decided on the sandbox's page."""

from vafa.payments.models.accounts import GatewayAccount
from vafa.payments.models.payments import (
    Happening,
    Payment,
    PaymentEvent,
    PaymentState,
    Reason,
    SandboxVisit,
)
from vafa.payments.models.refunds import Refund, RefundState

__all__ = [
    "GatewayAccount",
    "Happening",
    "Payment",
    "PaymentEvent",
    "PaymentState",
    "Reason",
    "Refund",
    "RefundState",
    "SandboxVisit",
]

"""Tables of the ledger."""

from vafa.promises.models.event import EventKind, PromiseEvent
from vafa.promises.models.promise import AskedBy, Direction, Promise, State, Unit
from vafa.promises.models.receipt import Receipt, SigningKey
from vafa.promises.models.seal import Seal
from vafa.promises.models.total import DayTotal

__all__ = [
    "AskedBy",
    "DayTotal",
    "Direction",
    "EventKind",
    "Promise",
    "PromiseEvent",
    "Receipt",
    "Seal",
    "SigningKey",
    "State",
    "Unit",
]

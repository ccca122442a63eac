"""Tables of the ledger."""

from vafa.promises.models.claim import AdvertisedClaim, ClaimKind
from vafa.promises.models.event import EventKind, PromiseEvent
from vafa.promises.models.guarantee import Cover, CoverState, Guarantee, GuaranteeVersion, Stage
from vafa.promises.models.promise import AskedBy, Direction, Promise, State, Unit
from vafa.promises.models.receipt import Receipt, SigningKey
from vafa.promises.models.remedy import Hold, Remedy, RemedyKind, RemedyState
from vafa.promises.models.seal import Seal
from vafa.promises.models.total import DayTotal

__all__ = [
    "AdvertisedClaim",
    "AskedBy",
    "ClaimKind",
    "Cover",
    "CoverState",
    "DayTotal",
    "Direction",
    "EventKind",
    "Guarantee",
    "GuaranteeVersion",
    "Hold",
    "Promise",
    "PromiseEvent",
    "Receipt",
    "Remedy",
    "RemedyKind",
    "RemedyState",
    "Seal",
    "SigningKey",
    "Stage",
    "State",
    "Unit",
]

"""Checks of advertised claims, open alerts, and what the owner assumes."""

from __future__ import annotations

from dataclasses import dataclass

from vafa.delivery.models import Assumption, ClaimAlert, ClaimCheck
from vafa.promises.models import AdvertisedClaim

FASTER_SALES = "faster-sales"


@dataclass(frozen=True)
class Assumed:
    """A figure that cannot be measured here, and its source; `is_own` where the owner has set it."""

    value: float
    source: str
    is_own: bool = False


# Promising one day less with the same real speed: sales +0.73 % over 212,340 transactions of a retailer.
PUBLISHED = {
    FASTER_SALES: Assumed(
        0.0073, "Cui, Lu, Sun, Golden: Sooner or Later? Promising Delivery Speed in Online Retail (SSRN 3563404)"
    )
}


def assumed(name: str) -> Assumed:
    """The owner's figure, else the published one."""
    own = Assumption.objects.filter(name=name).first()
    return Assumed(own.value, own.source, is_own=True) if own else PUBLISHED[name]


def checks_of(claims: list[AdvertisedClaim]) -> dict[int, ClaimCheck]:
    """What the newest check of each claim found, by the claim's number; those never checked are absent."""
    return {check.claim_id: check for check in ClaimCheck.objects.filter(claim__in=claims)}


def open_alerts() -> list[ClaimAlert]:
    """Running claims that are under their level, the longest first."""
    return list(ClaimAlert.objects.filter(cleared_at__isnull=True).select_related("claim").order_by("raised_at", "pk"))

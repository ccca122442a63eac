"""Advertised claims."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from vafa.promises.models import AdvertisedClaim


def claims() -> QuerySet[AdvertisedClaim]:
    """Every claim ever registered, the newest first."""
    return AdvertisedClaim.objects.order_by("-starts_on", "-pk")


def running_claims(day: date) -> QuerySet[AdvertisedClaim]:
    """Those advertised on `day`."""
    return claims().filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)


def claim_by(public_id: UUID) -> AdvertisedClaim | None:
    """The claim of that public id."""
    return AdvertisedClaim.objects.filter(public_id=public_id).first()

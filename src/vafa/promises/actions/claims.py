"""Advertised claims are registered and ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from vafa.kit import clock
from vafa.kit.problems import Problem, Text
from vafa.promises.guarantee_terms import MOST_DAYS, MOST_MINOR
from vafa.promises.models import AdvertisedClaim, ClaimKind

LONGEST = {"medium": 80, "place": 120, "region": 120, "option": 64}


@dataclass(frozen=True)
class Claimed:
    """What is advertised; the meaning of each word is that of `AdvertisedClaim`."""

    text: str
    kind: str
    starts_on: date
    medium: str = ""
    place: str = ""
    region: str = ""
    option: str = ""
    days: int | None = None
    amount_minor: int | None = None
    level: float = 0.95
    ends_on: date | None = None


def register_claim(claimed: Claimed, *, by: str, at: datetime | None = None) -> AdvertisedClaim:
    """Write down that this is advertised. Problem `bad-claim` with the field at fault."""
    _check(claimed)
    return AdvertisedClaim.objects.create(
        **{**claimed.__dict__, "text": claimed.text.strip()}, registered_at=at or clock.now(), registered_by=by
    )


def end_claim(claim: AdvertisedClaim, *, on: date) -> AdvertisedClaim:
    """It is advertised for the last time on day `on`; one that ended earlier stays as it was. Problem `bad-claim`."""
    if on < claim.starts_on:
        raise _bad(_("It cannot end before it begins."), "ends_on")
    running = AdvertisedClaim.objects.filter(pk=claim.pk, ends_on__isnull=True)
    running = running | AdvertisedClaim.objects.filter(pk=claim.pk, ends_on__gt=on)
    running.update(ends_on=on)
    claim.refresh_from_db()
    return claim


def _check(claimed: Claimed) -> None:
    if not claimed.text.strip() or len(claimed.text) > 300:
        raise _bad(_("Write the text as it is advertised, at most 300 characters."), "text")
    if claimed.kind not in ClaimKind.values:
        raise _bad(_("There is no such kind of claim."), "kind")
    is_days = claimed.kind == ClaimKind.WITHIN_DAYS
    if is_days and (claimed.days is None or claimed.amount_minor is not None or not 0 <= claimed.days <= MOST_DAYS):
        raise _bad(_("Say within how many days, from 0 to 60."), "days")
    amount = -1 if claimed.amount_minor is None else claimed.amount_minor
    if not is_days and (claimed.days is not None or not 0 <= amount <= MOST_MINOR):
        raise _bad(_("Say from which amount delivery is free."), "amount")
    if not 0.5 <= claimed.level <= 0.999:
        raise _bad(_("The level lies between 50 and 99.9 of 100."), "level")
    if claimed.ends_on is not None and claimed.ends_on < claimed.starts_on:
        raise _bad(_("It cannot end before it begins."), "ends_on")
    for name in LONGEST:
        if len(getattr(claimed, name)) > LONGEST[name] or "\x00" in getattr(claimed, name):
            raise _bad(_("This text is too long."), name)


def _bad(sentence: Text, field: str) -> Problem:
    return Problem("bad-claim", sentence, field=field)

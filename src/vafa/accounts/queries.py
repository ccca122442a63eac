"""Reads of staff and tokens."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db.models import Q, QuerySet

from vafa.accounts.models import ApiToken, User
from vafa.kit.clock import real_now


def staff() -> QuerySet[User]:
    """Everybody, the active ones first."""
    return User.objects.order_by("-is_active", "username")


def has_staff() -> bool:
    """Whether anybody can sign in (the roles of the simulated shop are nobody)."""
    return User.objects.filter(is_active=True, demo=False).exists()


def digest_of(key: str) -> str:
    """What is kept of an API key: SHA-256 in hex. Keys are 256 random bits, so no slow hash is needed."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


# Plain SQL because it is asked for every request of the API, and building this query costs thrice what its answer does.
_BY_DIGEST = """
SELECT token.*, maker.is_active AS maker_is_active
FROM accounts_apitoken token JOIN accounts_user maker ON maker.id = token.created_by_id WHERE token.digest = %s
"""


def token_by(key: str) -> ApiToken | None:
    """The token with this key in whatever state; `maker_is_active`: whether who made it is still on the staff."""
    return next(iter(ApiToken.objects.raw(_BY_DIGEST, [digest_of(key)])), None)


def token_for(key: str, at: datetime | None = None) -> ApiToken | None:
    """The token with this key while it opens anything.

    None where it is unknown, revoked, expired at `at` (real time, now when absent), or its maker has left the staff.
    """
    live = Q(revoked_at__isnull=True) & (Q(expires_at__isnull=True) | Q(expires_at__gt=at or real_now()))
    return ApiToken.objects.filter(live, digest=digest_of(key), created_by__is_active=True).first()


def tokens() -> QuerySet[ApiToken]:
    """All tokens with who made them, usable ones first, newest first."""
    return ApiToken.objects.select_related("created_by").order_by("revoked_at", "-pk")

"""API tokens: made, shown once, revoked."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from vafa.accounts.models import ApiToken, Scope, User
from vafa.accounts.queries import digest_of
from vafa.kit.clock import real_now
from vafa.kit.problems import Problem


def issue_token(
    name: str, scopes: Sequence[str], by: User, expires_at: datetime | None = None, *, secret: str | None = None
) -> tuple[ApiToken, str]:
    """A new token and its key, which can never be read again. `expires_at` is real time; without it the token stays.
    `secret` makes the key: the same one again is the same token.

    Problems: `token-without-name`, `token-without-scope`, `no-such-scope`, `token-already-over`; `token-revoked` (409)
    where the token of that secret has been revoked since.
    """
    at, name = real_now(), name.strip()
    if not 0 < len(name) <= 80:
        raise Problem("token-without-name", _("Give the token a name of at most 80 characters."), field="name")
    if not scopes:
        raise Problem("token-without-scope", _("Choose at least one thing that the token may do."), field="scopes")
    if unknown := sorted(set(scopes) - set(Scope.values)):
        sentence = _("“%(scope)s” is not a scope. There are: %(known)s.")
        values = {"scope": unknown[0], "known": ", ".join(Scope.values)}
        raise Problem("no-such-scope", str(sentence) % values, field="scopes")
    if expires_at is not None and expires_at <= at:
        raise Problem("token-already-over", _("The token would have ended already."), field="expires_at")
    key = f"vafa_{secret or secrets.token_urlsafe(32)}"
    said = {
        "name": name,
        "scopes": sorted(set(scopes)),
        "created_by": by,
        "created_at": at,
        "expires_at": expires_at,
    }
    token, _is_new = ApiToken.objects.get_or_create(digest=digest_of(key), defaults=said)
    if token.revoked_at is not None:
        raise Problem("token-revoked", _("This had issued a token already, which was revoked since."), status=409)
    return token, key


def revoke_token(token: ApiToken) -> None:
    """From now on the key opens nothing. Revoking twice keeps the first time."""
    ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=real_now())

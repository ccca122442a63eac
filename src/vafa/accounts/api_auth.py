"""The gate before the JSON API: `Authorization: Bearer KEY`, the scope the route asks for, and a rate per token."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Schema
from ninja.security import HttpBearer

from vafa.accounts.models import ApiToken
from vafa.accounts.queries import token_by
from vafa.kit.clock import real_now
from vafa.kit.http import limit_rate
from vafa.kit.problems import Problem


class Refused(Schema):
    """Why not: `code` for programs, `message` for people (Accept-Language: fa, ar, en), `field` the input at fault."""

    code: str
    message: str
    field: str | None


REFUSALS = {400: Refused, 401: Refused, 403: Refused, 404: Refused, 413: Refused, 422: Refused, 429: Refused}


class Bearer(HttpBearer):
    """Lets a program in whose token has the scope; `request.auth` is then its `ApiToken`.

    Problems: `no-token`, `bad-token`, `token-expired`, `token-revoked`, `token-maker-inactive` (401), `scope-missing`
    (403), `too-many-requests` (429).
    """

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def __call__(self, request: HttpRequest) -> ApiToken:
        token = super().__call__(request)
        if not isinstance(token, ApiToken):
            raise Problem(
                "no-token", _("Send a token: the header “Authorization: Bearer …”."), status=401, field="Authorization"
            )
        return token

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken:
        found = token_by(token)
        if found is None:
            raise Problem("bad-token", _("This token is not known."), status=401, field="Authorization")
        if found.revoked_at is not None:
            raise Problem("token-revoked", _("This token has been revoked."), status=401, field="Authorization")
        if found.expires_at is not None and found.expires_at <= real_now():
            raise Problem("token-expired", _("This token has expired."), status=401, field="Authorization")
        if not found.maker_is_active:
            gone = _("Who made this token has left the staff. An owner can make a new one.")
            raise Problem("token-maker-inactive", gone, status=401, field="Authorization")
        if not found.allows(self.scope):
            sentence = _("This token may not do that; it needs the scope %(scope)s.") % {"scope": self.scope}
            raise Problem("scope-missing", sentence, status=403, field="Authorization")
        limit_rate("api", str(found.pk), most=settings.API_REQUESTS_PER_MINUTE, per=timedelta(minutes=1))
        return found

"""Sources of tracking events: added, given their secrets, switched."""

from __future__ import annotations

import re
import secrets
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from vafa.connectors.models import TrackingSource
from vafa.connectors.queries.tracking import PURPOSE, drop_folder
from vafa.connectors.tracking.form import the_form
from vafa.kit.clock import real_now
from vafa.kit.problems import Problem
from vafa.kit.signing import lock_away, unlock

OLD_SECRET_LASTS = timedelta(days=1)
CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,38}[a-z0-9]|[a-z0-9]")
ASKS = re.compile(r"karrio:[a-z0-9_]{1,60}|https?://[^\s/{}]+/[^\s]*\{number\}[^\s]*")
RESERVED = {"simulated", "new"}  # the demo's own; a page


def add_source(*, code: str, form: str, asks: str = "", at: datetime | None = None) -> TrackingSource:
    """A source named `code` (small Latin letters, digits, dashes) that speaks as the folder `form` says.

    `asks`: `karrio:CARRIER`, or an address with {number} in it, for carriers that must be asked. Its drop folder is
    made where it has files. Problems: `bad-code`, `code-taken` (409), `unknown-carrier`, `bad-address`.
    """
    if not CODE.fullmatch(code) or code in RESERVED:
        sentence = _("Name it with small Latin letters, digits and dashes, for example “post”.")
        raise Problem("bad-code", sentence, field="code")
    if asks and not ASKS.fullmatch(asks):
        sentence = _("Write karrio:CARRIER, or an address with {number} in it.")
        raise Problem("bad-address", sentence, field="asks")
    found = the_form(form)
    try:
        with transaction.atomic():
            source = TrackingSource.objects.create(code=code, form=form, asks=asks, made_at=at or real_now())
    except IntegrityError:
        raise Problem("code-taken", _("There is a source of this name already."), status=409, field="code") from None
    if found.has_files:
        drop_folder(code).mkdir(parents=True, exist_ok=True, mode=0o700)
    return source


def set_secret(source: TrackingSource, secret: str = "", *, at: datetime | None = None) -> str:
    """Give the source its secret, or a fresh one where none is said; returns it, for the only time it is shown.

    The one before stays good for a day; the same one again changes nothing. Problem `secret-too-short` under 16
    characters.
    """
    at = at or real_now()
    secret = secret.strip() or secrets.token_urlsafe(32)
    if len(secret) < 16:
        raise Problem("secret-too-short", _("A secret has at least 16 characters."), field="secret")
    with transaction.atomic():
        now = TrackingSource.objects.select_for_update().get(pk=source.pk)
        if now.locked and unlock(PURPOSE, now.locked) == secret:
            return secret
        ends = at + OLD_SECRET_LASTS if now.locked else None
        TrackingSource.objects.filter(pk=now.pk).update(
            locked=lock_away(PURPOSE, secret), locked_before=now.locked, before_until=ends, failures=0, last_problem=""
        )
    source.refresh_from_db()
    return secret


def end_old_secret(source: TrackingSource) -> None:
    """The secret before the present one is good no longer."""
    TrackingSource.objects.filter(pk=source.pk).update(locked_before="", before_until=None)


def switch_source(source: TrackingSource, *, on: bool) -> None:
    """A source that is switched off is refused, not asked, and its folder left alone."""
    TrackingSource.objects.filter(pk=source.pk).update(enabled=on)


def remember_refusal(source: TrackingSource, why: str, *, at: datetime | None = None) -> None:
    """A message of this source was refused just now."""
    TrackingSource.objects.filter(pk=source.pk).update(last_refused_at=at or real_now(), last_refusal=why)

"""Guarantees are drafted, published, ended. What was published never changes."""

from __future__ import annotations

import re
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from vafa.kit import clock
from vafa.kit.problems import Problem
from vafa.promises.guarantee_terms import GuaranteeTerms, check_terms, check_texts
from vafa.promises.models import Guarantee, GuaranteeVersion, Stage
from vafa.promises.queries.guarantees import guarantee_by
from vafa.shop.actions import stamp_shop

CODE = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")


def save_draft(code: str, terms: GuaranteeTerms, *, is_new: bool = False, at: datetime | None = None) -> Guarantee:
    """Keep the terms as the draft of `code`, in place of the draft there is; a new code begins a new guarantee.

    With `is_new` a code that is known is refused. Problems: `bad-code`, `code-taken` (409), `bad-terms`, `ended` (409).
    """
    at = at or clock.now()
    if not CODE.fullmatch(code) or code == "new":
        sentence = _("A code has 1 to 40 small Latin letters, digits and hyphens.")
        raise Problem("bad-code", sentence, field="code")
    check_terms(terms)
    draft = terms.as_json()
    with transaction.atomic():
        fresh = Guarantee(code=code, draft=draft, created_at=at)
        if guarantee_by(code) is None:
            try:
                with transaction.atomic():
                    fresh.save(force_insert=True)
                return fresh
            except IntegrityError:  # somebody else was faster with this code
                pass
        if is_new:
            raise Problem("code-taken", _("There is a guarantee of this code."), status=409, field="code")
        if not Guarantee.objects.filter(code=code).exclude(state=Stage.ENDED).update(draft=draft):
            raise _ended()
    return Guarantee.objects.get(code=code)


def publish(code: str, *, by: str, at: datetime | None = None) -> GuaranteeVersion:
    """Make the draft the next version: from now on promises in its scope stand under it.

    `by` is a reference ("staff:3"). Problems: `unknown-guarantee` (404), `no-draft` (409), `text-missing`,
    `begins-in-past` (a guarantee takes in promises made from its publishing on), `unchanged` (409).
    """
    at = at or clock.now()
    with transaction.atomic():
        guarantee = _locked(code)
        if guarantee.draft is None:
            raise Problem("no-draft", _("There is no draft to publish."), status=409)
        terms = GuaranteeTerms.from_json(guarantee.draft)
        check_terms(terms)
        check_texts(terms)
        if terms.valid_until is not None and terms.valid_until < at.date():
            raise Problem("begins-in-past", _("Its time is over before it begins."), field="valid_until")
        newest = GuaranteeVersion.objects.filter(guarantee=guarantee).order_by("-number").first()
        if newest is not None and newest.digest == terms.digest:
            raise Problem("unchanged", _("The draft says what is published already."), status=409)
        number = 1 if newest is None else newest.number + 1
        version = GuaranteeVersion.objects.create(
            guarantee=guarantee,
            number=number,
            reference=f"{code}/{number}-{terms.digest[:16]}",
            terms=terms.as_json(),
            digest=terms.digest,
            published_at=at,
            published_by=by,
        )
        Guarantee.objects.filter(pk=guarantee.pk).update(state=Stage.PUBLISHED, draft=None)
        stamp_shop()
    return version


def discard_draft(code: str) -> None:
    """Forget the draft; a guarantee that was never published goes with it. Problem `unknown-guarantee` (404)."""
    with transaction.atomic():
        guarantee = _locked(code)
        if guarantee.state == Stage.DRAFT:
            guarantee.delete()
        else:
            Guarantee.objects.filter(pk=guarantee.pk).update(draft=None)


def end(code: str, *, by: str, at: datetime | None = None) -> Guarantee:
    """End a published guarantee: no new promise stands under it, those made so far still do. Twice is once.

    Problems: `unknown-guarantee` (404), `not-published` (409).
    """
    at = at or clock.now()
    with transaction.atomic():
        guarantee = _locked(code)
        if guarantee.state == Stage.DRAFT:
            raise Problem("not-published", _("It was never published."), status=409)
        published = Guarantee.objects.filter(pk=guarantee.pk, state=Stage.PUBLISHED)
        published.update(state=Stage.ENDED, draft=None, ended_at=at, ended_by=by)
        stamp_shop()
        guarantee.refresh_from_db()
    return guarantee


def _locked(code: str) -> Guarantee:
    guarantee = Guarantee.objects.select_for_update().filter(code=code).first()
    if guarantee is None:
        sentence = _("There is no guarantee %(code)s.") % {"code": code}
        raise Problem("unknown-guarantee", sentence, status=404, field="code")
    return guarantee


def _ended() -> Problem:
    return Problem("ended", _("This guarantee has ended. Begin a new one."), status=409, field="code")

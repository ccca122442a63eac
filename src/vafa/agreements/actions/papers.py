"""Partners and agreements are written, put in force and ended."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime, timedelta
from typing import NotRequired, TypedDict, Unpack
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.forms.models import model_to_dict
from django.utils.translation import gettext_lazy as _

from vafa.agreements.models import Agreement, Level, Measure, Partner, Probe, Role, State
from vafa.kit import clock
from vafa.kit.problems import Problem
from vafa.promises.kinds import kind
from vafa.shop.queries import the_shop

FARTHEST = timedelta(days=30 * 365)  # what lies farther off is a slip of the pen
TEXTS = ("title", "scope", "measurement", "failure", "consequence")
TERMS = (*TEXTS, "agreed_on", "valid_from", "valid_until", "calendar", "zone", "currency")
LEVEL_TERMS = (
    "measure", "target", "length", "within", "working_days", "promise_kind", "minimum", "step", "credit_minor",
    "cap_minor",
)  # fmt: skip


class PartnerTerms(TypedDict):
    """The keyword arguments of `save_partner`; see `models.Partner`."""

    name: str
    role: str
    ref: str


class AgreementTerms(TypedDict):
    """What a draft says; see `models.Agreement`. Texts are {language: text}."""

    title: dict[str, str]
    scope: dict[str, str]
    measurement: dict[str, str]
    failure: dict[str, str]
    consequence: dict[str, str]
    agreed_on: date
    valid_from: date
    valid_until: date | None
    calendar: str


class LevelTerms(TypedDict):
    """What a level says; see `models.Level`."""

    measure: str
    target: float
    length: str
    minimum: int
    step: float
    credit_minor: int
    cap_minor: int
    within: NotRequired[int | None]
    working_days: NotRequired[bool]
    promise_kind: NotRequired[str]
    probe: NotRequired[Probe | None]


def save_partner(code: str, **terms: Unpack[PartnerTerms]) -> Partner:
    """Make the partner of this code known, or change it. Problem `role-taken` (409): its agreements fix the role."""
    if not terms["name"].strip():
        raise Problem("empty", _("A partner needs a name."), field="name", status=422)
    with transaction.atomic():
        partner = Partner.objects.select_for_update().filter(code=code).first() or Partner(code=code)
        if partner.pk and partner.role != terms["role"] and partner.agreements.exists():
            sentence = _("There are agreements with this partner, so its role stays.")
            raise Problem("role-taken", sentence, field="role", status=409)
        for name, value in terms.items():
            setattr(partner, name, value)
        partner.save()
    return partner


def draft_agreement(partner: Partner, code: str, **terms: Unpack[AgreementTerms]) -> Agreement:
    """The first version of a new agreement, as a draft. Problem `code-taken` (409)."""
    _check(terms)
    shop = the_shop()
    draft = Agreement(partner=partner, code=code, zone=shop.zone, currency=shop.currency, **terms)
    try:
        with transaction.atomic():
            draft.save(force_insert=True)
    except IntegrityError:
        raise Problem("code-taken", _("There is an agreement of this code."), field="code", status=409) from None
    return draft


def change_draft(agreement: Agreement, **terms: Unpack[AgreementTerms]) -> Agreement:
    """Write the draft anew. Problem `not-a-draft` (409) for one that is or was in force."""
    _check(terms)
    if not Agreement.objects.filter(pk=agreement.pk, state=State.DRAFT).update(**terms):
        raise _not_a_draft()
    agreement.refresh_from_db()
    return agreement


def next_version(agreement: Agreement) -> Agreement:
    """A draft with the same text and levels, one version higher; the draft there is, where there is one."""
    with transaction.atomic():
        versions = list(Agreement.objects.select_for_update().filter(code=agreement.code).order_by("version"))
        if versions[-1].state == State.DRAFT:
            return versions[-1]
        newest = versions[-1]
        draft = Agreement(partner_id=newest.partner_id, code=newest.code, version=newest.version + 1)
        for name in TERMS:
            setattr(draft, name, getattr(newest, name))
        draft.save(force_insert=True)
        for level in newest.levels.all():
            level.pk, level.agreement = None, draft
            level.save(force_insert=True)
    return draft


def save_level(agreement: Agreement, position: int | None, **terms: Unpack[LevelTerms]) -> Level:
    """Add a level to a draft (`position` None), or change it. Problems: `not-a-draft` (409), `bad-level`."""
    _check_level(agreement, terms)
    with transaction.atomic():
        _locked_draft(agreement)
        level = agreement.levels.filter(position=position).first() if position else None
        if level is None:
            last = agreement.levels.order_by("-position").values_list("position", flat=True).first() or 0
            level = Level(agreement=agreement, position=last + 1)
        for name in LEVEL_TERMS:
            if name in terms:
                setattr(level, name, terms[name])  # type: ignore[literal-required]
        level.probe = terms.get("probe")
        level.save()
    return level


def drop_level(agreement: Agreement, position: int) -> None:
    """Take a level out of a draft."""
    with transaction.atomic():
        _locked_draft(agreement)
        agreement.levels.filter(position=position).delete()


def put_in_force(agreement: Agreement, *, at: datetime) -> Agreement:
    """From now on the draft holds, and nothing of it changes any more; the version before it ends.

    Problems (409): `not-a-draft`, `no-level`, `already-measured`: the new version would begin in a time that the old
    one has already been measured for.
    """
    with transaction.atomic():
        draft = _locked_draft(agreement)
        if not draft.levels.exists():
            raise Problem("no-level", _("An agreement needs at least one level."), status=409)
        _end_version_before(draft, at)
        Agreement.objects.filter(pk=draft.pk).update(state=State.IN_FORCE, in_force_at=at, digest=digest_of(draft))
    agreement.refresh_from_db()
    return agreement


def _end_version_before(draft: Agreement, at: datetime) -> None:
    before = Agreement.objects.select_for_update().filter(code=draft.code, state=State.IN_FORCE).first()
    if before is None:
        return
    if before.levels.filter(measurements__last__gte=draft.valid_from).exists():
        sentence = _("The version in force has been measured for this time already; let the new one begin later.")
        raise Problem("already-measured", sentence, field="valid_from", status=409)
    last = date.fromordinal(draft.valid_from.toordinal() - 1)
    if last < before.valid_from:
        raise Problem("already-measured", _("A new version begins after the one before it."), status=409)
    Agreement.objects.filter(pk=before.pk).update(state=State.ENDED, ended_at=at, valid_until=last)


def end_agreement(agreement: Agreement, *, at: datetime) -> Agreement:
    """It ends today (in its zone); periods that are not over by then are not measured. Problem `not-in-force` (409)."""
    today = at.astimezone(ZoneInfo(agreement.zone)).date()
    last = max(today, agreement.valid_from)
    if agreement.valid_until is not None:
        last = min(last, agreement.valid_until)
    held = Agreement.objects.filter(pk=agreement.pk, state=State.IN_FORCE)
    if not held.update(state=State.ENDED, ended_at=at, valid_until=last):
        raise Problem("not-in-force", _("This agreement is not in force."), status=409)
    agreement.refresh_from_db()
    return agreement


def digest_of(agreement: Agreement) -> str:
    """SHA-256 over the text and the levels, the same as long as nothing of them changes."""
    words = {name: getattr(agreement, name) for name in TERMS if name != "valid_until"}
    levels = [model_to_dict(level, [*LEVEL_TERMS, "probe"]) for level in agreement.levels.order_by("position")]
    whole = {"code": agreement.code, "version": agreement.version, **words, "levels": levels}
    canonical = json.dumps(whole, sort_keys=True, ensure_ascii=False, default=str, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _locked_draft(agreement: Agreement) -> Agreement:
    held = Agreement.objects.select_for_update().filter(pk=agreement.pk, state=State.DRAFT).first()
    if held is None:
        raise _not_a_draft()
    return held


def _not_a_draft() -> Problem:
    return Problem(
        "not-a-draft", _("This version is in force or over, so it stays as it is. Write a new one."), status=409
    )


def _check(terms: AgreementTerms) -> None:
    today = clock.now().date()
    for name in ("agreed_on", "valid_from", "valid_until"):
        day: date | None = terms[name]
        if day is not None and abs(day - today) > FARTHEST:
            sentence = _("The days of an agreement lie within thirty years of today.")
            raise Problem("bad-days", sentence, field=name, status=422)
    if not any(terms["title"].values()):
        raise Problem("empty", _("An agreement needs a title."), field="title_fa", status=422)
    if terms["agreed_on"] > terms["valid_from"]:
        raise Problem("bad-days", _("It cannot begin before it was agreed."), field="valid_from", status=422)
    until = terms["valid_until"]
    if until is not None and until < terms["valid_from"]:
        raise Problem("bad-days", _("It cannot end before it begins."), field="valid_until", status=422)


def _check_level(agreement: Agreement, terms: LevelTerms) -> None:
    measure, role = Measure(terms["measure"]), Role(agreement.partner.role)
    if measure in {Measure.DELIVERED, Measure.ANSWERED} and not terms.get("within"):
        raise Problem("bad-level", _("Say within how many days or hours."), field="within", status=422)
    if measure == Measure.DELIVERED and role != Role.CARRIER:
        raise Problem("bad-level", _("Parcels are measured for carriers."), field="measure", status=422)
    if measure == Measure.UPTIME and terms.get("probe") is None:
        raise Problem("bad-level", _("Say which page is asked."), field="probe", status=422)
    if measure == Measure.KEPT:
        kind(terms.get("promise_kind") or "delivery")
    if terms["cap_minor"] < terms["credit_minor"]:
        raise Problem("bad-level", _("The most for a period cannot be less than one step."), field="cap", status=422)

"""An incident is written down; who must be told by when follows from it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NotRequired, TypedDict, Unpack
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from vafa.accounts.models import User
from vafa.incidents.kinds import INCIDENT_NOTICE
from vafa.incidents.models import Audience, Category, Incident, Notice, OwnRule, Reading, Risk, Scope
from vafa.incidents.queries import refs_concerned, rules
from vafa.incidents.rules import Rule, due_at
from vafa.jobs.actions import enqueue
from vafa.kit.formats.preferences import the_language
from vafa.kit.problems import Problem
from vafa.promises.actions import HistoricPromise, import_promises, make_promise
from vafa.promises.models import Promise
from vafa.promises.queries import promise_of
from vafa.shop.queries import the_shop

CHUNK = 100
MOST_LISTED = 100_000
MOST_MINOR, MOST_DAYS = 10**15, 3650
PROMISED = {
    "fa": "تا این زمان خبر می‌دهیم که برای اطلاعاتتان چه پیش آمده است.",
    "ar": "نخبرك حتى هذا الوقت بما أصاب بياناتك.",
    "en": "We tell you by this time what happened to your data.",
}


class IncidentTexts(TypedDict):
    """What is told, {language: text}; and what each person gets beside the words: a voucher of so many minor units that
    can be used for so many days (None: no voucher)."""

    what: dict[str, str]
    consequences: dict[str, str]
    measures: dict[str, str]
    advice: dict[str, str]
    remedy: dict[str, str]
    voucher_minor: NotRequired[int | None]
    voucher_days: NotRequired[int]


class IncidentFacts(IncidentTexts):
    """What an incident is; see `models.Incident`."""

    exercise: bool
    categories: list[str]
    risk: str
    scope: str
    chosen: dict[str, Any]
    since: datetime
    found_at: datetime


class RuleTerms(TypedDict):
    """What a rule says; see `models.OwnRule`."""

    name: dict[str, str]
    audience: str
    hours: int
    least_risk: str
    source: str
    active: bool
    checked: bool


def record_incident(*, by: User, at: datetime, **facts: Unpack[IncidentFacts]) -> Incident:
    """Write the incident down, and promise the authorities' notices at once; those of people follow from a job, which
    is asked for in the same transaction. Problems: `owner-only` (403), `empty`, `bad-days`, `bad-scope`.
    """
    _require_owner(by)
    _check(facts, at)
    with transaction.atomic():
        list(Incident.objects.select_for_update().order_by("pk"))  # one after another, for their numbers
        last = Incident.objects.aggregate(last=Max("number"))["last"] or 0
        incident = Incident.objects.create(number=last + 1, recorded_by=by, recorded_at=at, **facts)
        for rule in _applying(incident, Audience.AUTHORITY):
            _write(incident, rule, [""], at)
        key = f"incidents.list:{incident.public_id}"
        enqueue("incidents.list", arguments={"incident": str(incident.public_id)}, unique_key=key, at=at)
    return incident


def list_notices(incident: Incident, *, at: datetime) -> int:
    """Promise every person concerned the notice that each rule asks for; returns how many were new.

    In parts, each a transaction; killed anywhere and called again it ends in the same state.
    """
    new, part = 0, list[str]()
    applying = _applying(incident, Audience.PERSONS)
    for ref in refs_concerned(incident):
        part.append(ref)
        if len(part) == CHUNK:
            new += sum(_write(incident, rule, part, at) for rule in applying)
            part = []
    new += sum(_write(incident, rule, part, at) for rule in applying if part)
    Incident.objects.filter(pk=incident.pk, listed_at__isnull=True).update(listed_at=at)
    return new


def _applying(incident: Incident, audience: Audience) -> list[Rule]:
    return [rule for rule in rules() if rule.audience == audience and rule.applies_to(incident.risk)]


@transaction.atomic
def _write(incident: Incident, rule: Rule, refs: list[str], at: datetime) -> int:
    known = set(
        Notice.objects.filter(incident=incident, rule=rule.code, customer_ref__in=refs).values_list(
            "customer_ref", flat=True
        )
    )
    fresh = [ref for ref in refs if ref not in known]
    due = due_at(rule, incident.found_at)
    rows = [
        Notice(
            incident=incident,
            rule=rule.code,
            rule_name=rule.name,
            audience=rule.audience,
            customer_ref=ref,
            due_at=due,
            promise_ref=None if incident.exercise else _promised(incident, rule, ref, due, at).public_id,
        )
        for ref in fresh
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _promised(incident: Incident, rule: Rule, ref: str, due: datetime, at: datetime) -> Promise:
    """The promise to tell: running, or broken already where the incident was written down after its time."""
    key = f"incidents:{incident.public_id}:{rule.code}:{ref}"
    shop = the_shop()
    said = HistoricPromise(
        key=key,
        kind=INCIDENT_NOTICE.name,
        subject_type="incident",
        subject_ref=str(incident.number),
        party_ref=ref,
        made_at=incident.found_at,
        due_on=due.astimezone(ZoneInfo(shop.zone)).date(),
        due_at=due,
        settle_after=due,
        zone=shop.zone,
        text=PROMISED if ref else {},
    )
    if due > at:
        return make_promise(
            at=at, key=key, kind=said.kind, subject_type=said.subject_type, subject_ref=said.subject_ref,
            party_ref=ref, due_on=said.due_on, due_at=due, zone=said.zone, text=said.text, origin="incident",
        )  # fmt: skip
    import_promises([said], known_until=at, at=at)
    found = promise_of(key)
    if found is None:
        raise RuntimeError("a promise that was just written is not there")
    return found


def change_texts(incident: Incident, **texts: Unpack[IncidentTexts]) -> None:
    """Write what is told anew. Problem `told-already` (409) once the people are being told."""
    _check_words(texts["what"])
    _check_voucher(texts)
    if not Incident.objects.filter(pk=incident.pk, told_at__isnull=True).update(**texts):
        raise Problem("told-already", _("The people concerned have been told in these words."), status=409)


def save_rule(code: str, *, at: datetime, **terms: Unpack[RuleTerms]) -> None:
    """Change a rule, or add one. Incidents written down before keep their deadlines. Problem `bad-rule`."""
    if not any(terms["name"].values()):
        raise Problem("empty", _("A rule needs a name."), field="name_fa", status=422)
    if not 1 <= terms["hours"] <= 2160:
        raise Problem("bad-rule", _("Choose 1 to 2160 hours."), field="hours", status=422)
    OwnRule.objects.update_or_create(code=code, defaults={**terms, "changed_at": at})


def note_reading(incident: Incident, *, who: User, page: str, at: datetime) -> None:
    """Write down that somebody looks at it. Problem `owner-only` (403)."""
    _require_owner(who)
    Reading.objects.create(incident=incident, who=who, page=page, at=at)


def _require_owner(who: User) -> None:
    if not who.is_owner:
        raise Problem("owner-only", _("Only an owner of the shop may do this."), status=403)


def _check_words(what: dict[str, str]) -> None:
    """Something must be said, in any language; that it is missing stands at the field of the language being read."""
    if not any(what.values()):
        raise Problem("empty", _("Say what happened."), field=f"what_{the_language(None)}", status=422)


def _check(facts: IncidentFacts, at: datetime) -> None:
    _check_words(facts["what"])
    if not facts["categories"] or set(facts["categories"]) - set(Category.values):
        raise Problem("empty", _("Say which kinds of data it concerns."), field="categories", status=422)
    if not facts["since"] <= facts["found_at"] <= at:
        sentence = _("It began before it was found, and both lie in the past.")
        raise Problem("bad-days", sentence, field="found_on", status=422)
    if facts["risk"] not in Risk.values or facts["scope"] not in Scope.values:
        raise Problem("bad-scope", _("Say whom it concerns."), field="scope", status=422)
    if facts["scope"] == Scope.LIST:
        _check_list(facts["chosen"].get("refs", []))
    _check_voucher(facts)


def _check_voucher(texts: IncidentTexts) -> None:
    worth, days = texts.get("voucher_minor"), texts.get("voucher_days", 90)
    if worth is not None and not 0 < worth <= MOST_MINOR:
        raise Problem("bad-value", _("This amount is too small or too large."), field="voucher", status=422)
    if not 1 <= days <= MOST_DAYS:
        raise Problem(
            "bad-validity", _("A voucher is valid from one day to ten years."), field="voucher_days", status=422
        )


def _check_list(refs: list[str]) -> None:
    if not refs:
        raise Problem("bad-scope", _("Give the customer numbers, one a line."), field="refs", status=422)
    if len(refs) > MOST_LISTED or any(not ref.strip() or len(ref) > 64 or "@" in ref or "\x00" in ref for ref in refs):
        sentence = _("Give customer numbers of at most 64 characters, no e-mail addresses.")
        raise Problem("bad-scope", sentence, field="refs", status=422)

"""Answering a question: places and options looked up, the curve of each, the date and its reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from django.utils.translation import gettext_lazy as _

from vafa.delivery.answers import Answer, Frequency, Guaranteed
from vafa.delivery.kinds import DELIVERY
from vafa.delivery.models import DeliveryOption
from vafa.delivery.queries.history import units
from vafa.delivery.queries.options import options
from vafa.delivery.queries.places import Destination, destination_of, origin_of, require_served
from vafa.delivery.queries.sources import Source, source_at, source_known_at
from vafa.delivery.questions import Asked
from vafa.delivery.sentences import in_all_languages
from vafa.delivery.staleness import weeks_after
from vafa.delivery.track import Cases, frequency_of
from vafa.engine.calendars import CutOff, zone_of
from vafa.engine.curve import Curve
from vafa.engine.decision import Decision, Reason, Refusal, Target, decide
from vafa.engine.history import Place, Question
from vafa.kit.formats.dates import local_day
from vafa.kit.problems import Problem
from vafa.promises.guarantee_terms import GuaranteeTerms
from vafa.promises.guaranteeing import last_day
from vafa.promises.models import GuaranteeVersion
from vafa.promises.queries.guarantees import Meant, calendar_of, narrowest, published
from vafa.shop.models import Shop
from vafa.shop.queries import closed_days, is_among, the_shop, working_calendar

LOOK_AHEAD = timedelta(days=400)


@dataclass(frozen=True)
class Answered:
    """The answers to one question, option by option, the version of the model that gave them ("" = pooled), and the
    guarantees that stood when it was asked.
    """

    answers: list[Answer]
    model_version: str
    destination: Place
    facts_until: datetime | None
    is_stale: bool
    standing: list[GuaranteeVersion]


def answer(asked: Asked, moment: datetime, *, looks_back: bool = False, found: Destination | None = None) -> Answered:
    """What each option can promise when ordered at `moment`; with `looks_back` from nothing but facts before it.

    `found`: the place that is meant, where it has been looked up already.

    Problem `unknown-place` (see `destination_of`), `unknown-option`, or `place-never-served` where no order and no
    statement reach the place.
    """
    shop = the_shop()
    found = found or destination_of(asked.to)
    destination = found.place
    offered = _offered(asked)
    ready = packed_from(asked, moment)
    questions = _questions(asked, ready, destination, offered, shop)
    source = source_known_at(moment) if looks_back else source_at(moment)
    curves = source.curves(questions, ready)
    if found.is_known:
        require_served(source, destination)
    closed = closed_days(ready.date(), (ready + LOOK_AHEAD).date())
    caution = asked.caution or shop.target_probability
    standing = published(moment)
    answers = []
    for option, curve in zip(offered, curves, strict=True):
        decided = _decide(option, curve, caution, destination, closed, ready)
        frequency = _frequency(source, option, destination, curve, decided, caution)
        given = _answer(option, curve, decided, frequency, unknown="" if found.is_known else asked.to.strip())
        given = _from_the_question(given, moment, ready)
        answers.append(guaranteed(given, asked, destination, moment, standing) if standing else given)
    stale = source.facts_until is not None and weeks_after(moment, source.facts_until) > 0
    return Answered(answers, source.version, destination, source.facts_until, stale, standing)


def packed_from(asked: Asked, moment: datetime) -> datetime:
    """The moment from which it can be packed: not before `ready_at`, and after the lead time in working days."""
    ready = max(moment, asked.ready_at or moment)
    if not asked.lead_days:
        return ready
    shop, calendar = the_shop(), working_calendar()
    counts = CutOff(calendar, time.fromisoformat(str(shop.cut_off))).counts_from(ready)
    day = calendar.add_working_days(counts, asked.lead_days)
    return datetime.combine(day, time(), zone_of(shop.zone)).astimezone(UTC)


def _from_the_question(given: Answer, moment: datetime, ready: datetime) -> Answer:
    """Days are counted from the day of the question, and the sentence says from when on it takes so long."""
    zone = the_shop().zone
    asked_on, ready_on = local_day(moment, zone), local_day(ready, zone)
    if given.promised_on is None or asked_on == ready_on:
        return given
    values = {**given.values, "ready_on": ready_on}
    days = (given.promised_on - asked_on).days
    return replace(given, days=days, values=values, sentence=in_all_languages(given.reason, values))


def guaranteed(given: Answer, asked: Asked, to: Place, moment: datetime, standing: list[GuaranteeVersion]) -> Answer:
    """The answer with the guarantee, of those `standing`, that it would be promised under."""
    if given.promised_on is None:
        return given
    place = to.city or to.code
    meant = Meant(DELIVERY.name, place, to.region, asked.category, given.option, asked.segment)
    version = narrowest(standing, meant)
    if version is None:
        return given
    terms = GuaranteeTerms.from_json(version.terms)
    last = last_day(local_day(moment, the_shop().zone), terms.days, calendar_of(terms))
    until = given.promised_on if last is None else last
    guarantee = Guaranteed(version.reference, version.get_absolute_url(), version.terms["text"], until, version.terms)
    return replace(given, guarantee=guarantee)


def _offered(asked: Asked) -> list[DeliveryOption]:
    known = options()
    if not asked.options:
        if not known:
            raise Problem("no-option", _("The shop has no delivery option yet."), status=422, field="options")
        return known
    by_code = {option.code: option for option in known}
    for code in asked.options:
        if code not in by_code:
            raise Problem(
                "unknown-option",
                _("There is no delivery option %(code)s.") % {"code": code},
                status=422,
                field="options",
            )
    return [by_code[code] for code in dict.fromkeys(asked.options)]


def _questions(
    asked: Asked, moment: datetime, destination: Place, offered: Sequence[DeliveryOption], shop: Shop
) -> list[Question]:
    unit = units(shop.currency)
    first = Question(
        asked_at=moment,
        destination=destination,
        origin=origin_of(asked.origin) if asked.origin.strip() else None,
        seller=asked.seller,
        price=None if asked.price_minor is None else asked.price_minor / unit,
        weight_g=asked.weight_g,
        volume_cm3=asked.volume_cm3,
        items=asked.items,
        category=asked.category,
        payment=asked.payment,
    )
    return [
        replace(first, option=option.code, freight=option.price_minor / unit if option.price_minor else None)
        for option in offered
    ]


def _decide(
    option: DeliveryOption,
    curve: Curve | None,
    caution: float,
    to: Place,
    closed: frozenset[date],
    moment: datetime,
) -> Decision | Refusal:
    if option.regions and not is_among(to, option.regions):
        return Refusal(Reason("option_not_here", {}))
    return decide(
        curve,
        Target(caution),
        delivery_days=frozenset(option.delivery_weekdays),
        closed=closed,
        minimum_days=_minimum_days(option, moment),
    )


def _minimum_days(option: DeliveryOption, moment: datetime) -> int:
    """The option's least lead, from the day on which an order ready now counts (past the cut-off: the next one)."""
    if not option.minimum_days and option.cut_off is None:
        return 0
    calendar = working_calendar()
    cut_off = CutOff(calendar, option.cut_off or time.fromisoformat(str(the_shop().cut_off)))
    return option.minimum_days + (cut_off.counts_from(moment) - calendar.local_day(moment)).days


def _frequency(
    source: Source,
    option: DeliveryOption,
    to: Place,
    curve: Curve | None,
    decided: Decision | Refusal,
    caution: float,
) -> Frequency | None:
    if isinstance(decided, Refusal) or curve is None:
        return None
    cases = Cases.of(source.track, source.held, option.code, caution, decided.days)
    return frequency_of(replace(cases, is_blended=curve.basis != "model" and source.model is not None), to)


def _answer(
    option: DeliveryOption,
    curve: Curve | None,
    decided: Decision | Refusal,
    frequency: Frequency | None,
    unknown: str,
) -> Answer:
    reason = decided.reason
    values = {**reason.values, "unknown_place": unknown} if unknown and isinstance(decided, Decision) else reason.values
    plain = Answer(
        option=option.code,
        name=option.name,
        reason=reason.code,
        values=values,
        sentence=in_all_languages(reason.code, values),
    )
    if isinstance(decided, Refusal) or curve is None:
        return plain
    return replace(
        plain,
        promised_on=decided.day,
        days=decided.days,
        probability=decided.probability,
        earliest=decided.earliest,
        latest=decided.latest,
        basis=curve.basis,
        evidence=curve.evidence,
        frequency=frequency,
        start=curve.start,
        chances=tuple(float(chance) for chance in curve.by_day[: decided.days * 2 + 14]),
    )

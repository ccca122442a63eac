"""Guarantees: which one applies, what is drafted, what was published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from vafa.engine.calendars import WorkingCalendar
from vafa.engine.folding import fold
from vafa.promises.guarantee_terms import GuaranteeTerms, Scope
from vafa.promises.models import Guarantee, GuaranteeVersion, Stage
from vafa.shop.queries import remembered, the_shop, working_calendar


@dataclass(frozen=True)
class Meant:
    """What a promise is about, as far as a guarantee's scope asks for it."""

    kind: str
    place: str = ""
    region: str = ""
    product_group: str = ""
    option: str = ""
    segment: str = ""


def published(at: datetime) -> list[GuaranteeVersion]:
    """The version of each guarantee that takes in promises made at `at`, the newest published first.

    Remembered until one is published or ends: nobody may change what is returned.
    """
    day = at.astimezone(ZoneInfo(the_shop().zone)).date()
    standing: dict[int, GuaranteeVersion] = {}
    for version in remembered("promises.guarantee_versions", _versions):
        if version.published_at <= at and GuaranteeTerms.from_json(version.terms).valid_from <= day:
            standing[version.guarantee_id] = version  # a later version takes the place of the earlier ones
    valid = [each for each in standing.values() if GuaranteeTerms.from_json(each.terms).is_valid_on(day)]
    valid = [each for each in valid if each.guarantee.ended_at is None or each.guarantee.ended_at > at]
    return sorted(valid, key=lambda each: (each.published_at, each.pk), reverse=True)


def _versions() -> list[GuaranteeVersion]:
    """Every version ever published, the oldest first."""
    return list(GuaranteeVersion.objects.select_related("guarantee").order_by("number"))


def applying(meant: Meant, at: datetime) -> GuaranteeVersion | None:
    """The guarantee under which a promise made at `at` stands; None where there is none.

    Of several the narrowest applies, then the newest.
    """
    return narrowest(published(at), meant)


def narrowest(standing: list[GuaranteeVersion], meant: Meant) -> GuaranteeVersion | None:
    """As `applying`, among versions that were read before: for the many options of one question."""
    fitting = [(GuaranteeTerms.from_json(version.terms), version) for version in standing]
    fitting = [(terms, version) for terms, version in fitting if terms.kind == meant.kind and fits(terms.scope, meant)]
    return max(fitting, key=lambda each: each[0].scope.narrowness, default=(None, None))[1]


def fits(scope: Scope, meant: Meant) -> bool:
    """Whether the scope takes it in. Places and regions are the same in whatever script or spelling."""
    return (
        _is_there(scope.place, meant.place)
        and _is_there(scope.region, meant.region)
        and _is_said(scope.product_group, meant.product_group)
        and _is_said(scope.segment, meant.segment)
        and scope.option in {"", meant.option}
    )


def _is_there(wanted: str, name: str) -> bool:
    key = the_shop().naming.key
    return not wanted or key(name) == key(wanted)


def _is_said(wanted: str, word: str) -> bool:
    return not wanted or fold(wanted) == fold(word)


def guarantees() -> list[Guarantee]:
    """All of them: published, drafts, ended; within each the newest first."""
    order = {Stage.PUBLISHED.value: 0, Stage.DRAFT.value: 1, Stage.ENDED.value: 2}
    found = Guarantee.objects.prefetch_related("versions").order_by("-created_at", "-pk")
    return sorted(found, key=lambda each: order[each.state])


def guarantee_by(code: str) -> Guarantee | None:
    """The guarantee of that code."""
    return Guarantee.objects.filter(code=code).first()


def versions_of(guarantee: Guarantee) -> list[GuaranteeVersion]:
    """What was published, the newest first."""
    return list(GuaranteeVersion.objects.filter(guarantee=guarantee).order_by("-number"))


def version_by(reference: str) -> GuaranteeVersion | None:
    """The version that a promise or a receipt names."""
    return GuaranteeVersion.objects.filter(reference=reference).select_related("guarantee").first()


def version_numbered(code: str, number: int) -> GuaranteeVersion | None:
    """The version by the guarantee's code and its number."""
    found = GuaranteeVersion.objects.filter(guarantee__code=code, number=number)
    return found.select_related("guarantee").first()


def drafted_or_published(guarantee: Guarantee) -> GuaranteeTerms | None:
    """The draft's terms, else those of the newest version."""
    if guarantee.draft is not None:
        return GuaranteeTerms.from_json(guarantee.draft)
    newest = versions_of(guarantee)
    return GuaranteeTerms.from_json(newest[0].terms) if newest else None


def calendar_of(terms: GuaranteeTerms) -> WorkingCalendar | None:
    """The calendar by which its days are counted; None where every day counts."""
    return working_calendar() if terms.working_days else None

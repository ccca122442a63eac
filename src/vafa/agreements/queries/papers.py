"""Reads of partners, agreements, their levels and claims."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet, Sum

from vafa.agreements.models import Agreement, Claim, ClaimState, Level, Measurement, Outcome, Partner, State


def partners() -> QuerySet[Partner]:
    """All of them by name, with their agreements."""
    return Partner.objects.prefetch_related("agreements")


def partner_by(code: str) -> Partner | None:
    """The partner of this code."""
    return Partner.objects.filter(code=code).first()


def agreement_by(public_id: UUID) -> Agreement | None:
    """One version of an agreement."""
    return Agreement.objects.select_related("partner").filter(public_id=public_id).first()


def versions_of(agreement: Agreement) -> list[Agreement]:
    """Every version of the same agreement, the newest first."""
    return list(Agreement.objects.filter(code=agreement.code).order_by("-version"))


def levels_in_force() -> QuerySet[Level]:
    """Levels of every agreement that is or was in force."""
    found = Level.objects.select_related("agreement__partner", "probe")
    return found.exclude(agreement__state=State.DRAFT).order_by("agreement_id", "position")


def level_by(agreement: Agreement, position: int) -> Level | None:
    """One level of the agreement."""
    return agreement.levels.filter(position=position).first()


@dataclass(frozen=True)
class Row:
    """One agreement in the list: its newest measured period of each level, in the levels' order."""

    agreement: Agreement
    newest: list[tuple[Level, Measurement | None]]


def listing() -> list[Row]:
    """Every agreement's newest version that is in force, else its draft, else its last; by partner. Three queries."""
    best: dict[str, Agreement] = {}
    rank = {State.IN_FORCE.value: 0, State.DRAFT.value: 1, State.ENDED.value: 2}
    for each in Agreement.objects.select_related("partner").prefetch_related("levels__probe"):
        held = best.get(each.code)
        if held is None or (rank[each.state], -each.version) < (rank[held.state], -held.version):
            best[each.code] = each
    newest: dict[int, Measurement] = {}
    for measured in Measurement.objects.filter(level__agreement__in=best.values()).order_by("first"):
        newest[measured.level_id] = measured
    return [Row(each, [(level, newest.get(level.pk)) for level in each.levels.all()]) for each in best.values()]


def measurements_of(level: Level, most: int = 24) -> list[Measurement]:
    """The newest periods of a level and of the same level (by place and measure) in earlier versions, oldest first."""
    same = Measurement.objects.filter(
        level__agreement__code=level.agreement.code, level__position=level.position, level__measure=level.measure
    )
    return list(same.select_related("claim", "level").order_by("-first")[:most])[::-1]


def claims(*, is_open: bool | None = None) -> QuerySet[Claim]:
    """The register, the newest period first."""
    found = Claim.objects.select_related("measurement__level__agreement__partner").order_by(
        "-measurement__first", "-pk"
    )
    if is_open is None:
        return found
    return found.filter(state__in=[ClaimState.DUE, ClaimState.CLAIMED] if is_open else ["received", "waived"])


def claim_by(pk: int) -> Claim | None:
    """One row of the register."""
    return claims().filter(pk=pk).first()


@dataclass(frozen=True)
class Tally:
    """How the periods of a partner ended, and the credits they brought, in one currency."""

    met: int
    missed: int
    too_few: int
    due: dict[str, int]
    received: dict[str, int]

    @property
    def measured(self) -> int:
        """Periods about which something can be said."""
        return self.met + self.missed


def tally_of(partner: Partner) -> Tally:
    """Over all agreements with the partner."""
    outcomes = list(
        Measurement.objects.filter(level__agreement__partner=partner).order_by().values_list("outcome", flat=True)
    )
    sums = Claim.objects.filter(measurement__level__agreement__partner=partner).order_by().values_list("currency")
    waiting = sums.filter(state__in=[ClaimState.DUE, ClaimState.CLAIMED]).annotate(total=Sum("amount_minor"))
    paid = sums.filter(state=ClaimState.RECEIVED).annotate(total=Sum("received_minor"))
    return Tally(
        met=outcomes.count(Outcome.MET),
        missed=outcomes.count(Outcome.MISSED),
        too_few=outcomes.count(Outcome.TOO_FEW),
        due=dict(waiting),
        received=dict(paid),
    )

"""The rules of notice that Vafa ships. They are a beginning, not legal advice: a lawyer must look at them.

Only deadlines that a primary source states are here. Where a law says "without undue delay" to the people concerned,
the hours are the shop's own promise. Iran's Electronic Commerce Law (1382/2004, articles 58 to 61) and the law of the
United Arab Emirates itself (Federal Decree-Law 45/2021, article 9) name no number of hours, so there is no rule of
theirs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from vafa.incidents.models import Audience, Risk

RISKS = [Risk.LOW.value, Risk.SOME.value, Risk.HIGH.value]
GDPR = "Regulation (EU) 2016/679, article {}: https://eur-lex.europa.eu/eli/reg/2016/679/oj"
PDPL = "Implementing Regulation of the Personal Data Protection Law, article 24({}): https://sdaia.gov.sa"
EEA = frozenset(
    [
        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IS", "IT", "LI",
        "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
    ]
)  # fmt: skip
EVERYWHERE: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Rule:
    """Who must be told within how many hours of finding out, from which risk on. `countries`: active there unless the
    owner says otherwise; none means everywhere. `checked`: looked at by somebody who knows the law."""

    code: str
    name: dict[str, str] = field(hash=False)
    audience: str
    hours: int
    least_risk: str
    source: str = ""
    active: bool = True
    checked: bool = False
    shipped: bool = False

    def applies_to(self, risk: str) -> bool:
        """Whether an incident of this risk falls under it."""
        return self.active and RISKS.index(risk) >= RISKS.index(self.least_risk)


@dataclass(frozen=True)
class Shipped:
    """A rule and where it is active from the beginning."""

    rule: Rule
    countries: frozenset[str] = EVERYWHERE


def _rule(code: str, audience: Audience, hours: int, risk: Risk, source: str, fa: str, ar: str, en: str) -> Rule:
    return Rule(code, {"fa": fa, "ar": ar, "en": en}, audience.value, hours, risk.value, source, shipped=True)


SHIPPED = [
    Shipped(
        _rule(
            "own-guarantee", Audience.PERSONS, 48, Risk.SOME, "",
            "تضمین خود فروشگاه", "ضمان المتجر نفسه", "The shop's own guarantee",
        )
    ),
    Shipped(
        _rule(
            "gdpr-33", Audience.AUTHORITY, 72, Risk.SOME, GDPR.format("33(1)"),
            "اتحادیهٔ اروپا، GDPR مادهٔ ۳۳: نهاد ناظر", "الاتحاد الأوروبي، GDPR المادة ٣٣: السلطة الرقابية",
            "European Union, GDPR article 33: the supervisory authority",
        ),
        EEA,
    ),
    Shipped(
        _rule(
            "gdpr-34", Audience.PERSONS, 48, Risk.HIGH, GDPR.format("34(1)"),
            "اتحادیهٔ اروپا، GDPR مادهٔ ۳۴: خود اشخاص، بی‌درنگ", "الاتحاد الأوروبي، GDPR المادة ٣٤: الأشخاص، دون تأخير",
            "European Union, GDPR article 34: the people, without undue delay",
        ),
        EEA,
    ),
    Shipped(
        _rule(
            "ksa-24-authority", Audience.AUTHORITY, 72, Risk.SOME, PDPL.format("1"),
            "عربستان سعودی، آیین‌نامهٔ PDPL مادهٔ ۲۴: سدایا",
            "السعودية، اللائحة التنفيذية لنظام حماية البيانات المادة ٢٤: سدايا",
            "Saudi Arabia, PDPL regulation article 24: SDAIA",
        ),
        frozenset({"SA"}),
    ),
    Shipped(
        _rule(
            "ksa-24-persons", Audience.PERSONS, 48, Risk.SOME, PDPL.format("5"),
            "عربستان سعودی، آیین‌نامهٔ PDPL مادهٔ ۲۴: خود اشخاص، بی‌درنگ",
            "السعودية، اللائحة التنفيذية لنظام حماية البيانات المادة ٢٤: الأشخاص، دون تأخير",
            "Saudi Arabia, PDPL regulation article 24: the people, without undue delay",
        ),
        frozenset({"SA"}),
    ),
]  # fmt: skip


def due_at(rule: Rule, found_at: datetime) -> datetime:
    """Until when the rule's audience must be told: so many hours by the clock, whatever summer time does."""
    return found_at.astimezone(UTC) + timedelta(hours=rule.hours)

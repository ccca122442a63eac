"""What is proposed to an owner for his country: time zone, working week, currency, ways of delivery and their prices.

Proposals only: he sees each before it is saved. Prices are of the size that post and couriers asked for a small parcel
when this was written, in minor units.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from vafa.delivery.option_kinds import OptionKind

SATURDAY_ON, SUNDAY_ON, MONDAY_ON = (5, 6, 0, 1, 2), (6, 0, 1, 2, 3), (0, 1, 2, 3, 4)
WEEKS = {"IR": SATURDAY_ON, "AF": SATURDAY_ON} | dict.fromkeys(
    ("BH", "DZ", "EG", "IL", "IQ", "JO", "KW", "LY", "OM", "QA", "SA", "SD", "SY", "YE"), SUNDAY_ON
)
WHOLE_DAY, HALF_DAY = [["09:00", "17:00"]], [["09:00", "13:00"]]
COUNTRY_OF_LANGUAGE = {"fa": "IR", "ar": "SA", "en": ""}
CURRENCIES_OF_LANGUAGE = {"fa": "IRR", "ar": "SAR", "en": "USD"}
HIJRI = frozenset({"SA"})
PRICES = {  # currency: (post, courier)
    "IRR": (700_000, 1_200_000),
    "AED": (2_000, 3_000),
    "SAR": (2_000, 3_000),
    "QAR": (2_000, 3_000),
    "EGP": (6_000, 9_000),
    "EUR": (490, 790),
    "GBP": (390, 690),
    "USD": (590, 990),
    "TRY": (9_000, 14_000),
}


@dataclass(frozen=True)
class Way:
    """A way of delivery as it is proposed. `days`: how long it mostly takes; `is_local`: in the shop's city only."""

    code: str
    kind: OptionKind
    name: Mapping[str, str]
    days: int
    is_local: bool = False
    is_fetched: bool = False


WAYS = (
    Way("post", OptionKind.ECONOMY, {"fa": "پست", "ar": "البريد", "en": "Post"}, 4),
    Way("courier", OptionKind.COURIER, {"fa": "پیک", "ar": "مندوب توصيل", "en": "Courier"}, 1, is_local=True),
    Way(
        "pickup",
        OptionKind.STORE,
        {"fa": "تحویل حضوری", "ar": "الاستلام من المتجر", "en": "Collect from us"},
        1,
        is_fetched=True,
    ),
)


def proposed_price(way: Way, currency: str) -> int | None:
    """Minor units; nothing where nobody knows what is usual. Who comes himself pays nothing."""
    if way.is_fetched:
        return 0
    post, courier = PRICES.get(currency, (None, None))
    return courier if way.is_local else post


def proposed_week(country: str) -> dict[str, list[list[str]]]:
    """Nine to five on the country's working days; in Iran Thursday until one."""
    week = {str(day): WHOLE_DAY for day in WEEKS.get(country, MONDAY_ON)}
    return {**week, "3": HALF_DAY} if country == "IR" else week


@lru_cache(maxsize=1)
def _zones() -> dict[str, str]:
    """{country: its first zone} from the table that comes with the time zones."""
    found: dict[str, str] = {}
    for line in (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            country, _where, zone = line.split("\t")[:3]
            found.setdefault(country, zone)
    return found


def zone_of_country(country: str) -> str:
    """The time zone of a country, of several the first; "" where none is known."""
    return _zones().get(country, "")

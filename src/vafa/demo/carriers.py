"""How the simulated parcels travel: four carriers, three ways the customer can choose, one naive promise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from vafa.demo.events import CARRIERS_SLOW, POST_FULL, SNOW, STRIKE, Year
from vafa.demo.iran import FAR_REGIONS, SNOWY_REGIONS, TEHRAN, City


@dataclass(frozen=True)
class Carrier:
    """Days on the road = `start` + km / `km_a_day`, times a lognormal spread; counted in the carrier's working days."""

    name: str
    start: float
    km_a_day: float
    spread: float
    struck: bool = False
    crowded: bool = False


POST = Carrier("پست پیشتاز", start=0.5, km_a_day=800, spread=0.18, crowded=True)
TIPAX = Carrier("تیپاکس", start=0.35, km_a_day=1050, spread=0.15, struck=True)
CHAPAR = Carrier("چاپار", start=0.4, km_a_day=950, spread=0.17)
BIKE = Carrier("الوپیک", start=0.2, km_a_day=300, spread=0.35)
# those that can be stopped with a button, by a word for the command line
STOPPABLE = {"post": POST, "tipax": TIPAX, "chapar": CHAPAR}


@dataclass(frozen=True)
class Option:
    """What the customer chooses. `promised` is the shop's own promise then: so many working days, wherever it goes."""

    code: str
    names: dict[str, str]
    fee_toman: int
    promised: int
    regions: tuple[str, ...] = ()
    kind: str = "economy"
    free_from_toman: int | None = None


PISHTAZ = Option(
    "pishtaz",
    {"fa": "پیشتاز", "ar": "البريد السريع (بيشتاز)", "en": "Pishtaz post"},
    68_000,
    3,
    free_from_toman=1_500_000,
)
EXPRESS = Option("tipax", {"fa": "تیپاکس", "ar": "تيباكس", "en": "Tipax"}, 112_000, 3, kind="courier")
RIDER = Option(
    "peyk", {"fa": "پیک تهران", "ar": "درّاج طهران", "en": "Tehran bike"}, 85_000, 1, (TEHRAN,), kind="courier"
)
OPTIONS = (PISHTAZ, EXPRESS, RIDER)
ABROAD_PROMISED, ABROAD_FEE_TOMAN = 10, 960_000
SHOP_ONLY_CITY = "تهران"


def days_on_road(carrier: Carrier, city: City, normal: float) -> float:
    """Working days a parcel needs where nothing goes wrong; `normal` is a standard normal draw."""
    spread = float(2.718281828459045 ** (carrier.spread * normal))
    return (carrier.start + city.road_km / carrier.km_a_day + city.extra_days) * spread


def progress(carrier: Carrier, city: City, day: date, year: Year) -> tuple[float, str]:
    """How much of a working day's way a parcel makes on `day`, and what held it up ('' = nothing but a Friday)."""
    if not year.carriers_work(day):
        return 0.0, "holiday" if day in year.holidays else ""
    if carrier.struck and STRIKE.holds(day):
        return 0.0, "strike"
    if CARRIERS_SLOW.holds(day):
        return 0.45, "nowruz"
    if city.region in SNOWY_REGIONS and SNOW.holds(day):
        return 0.3, "snow"
    if carrier.crowded and POST_FULL.holds(day):
        return 0.65, "peak"
    return 1.0, ""


def is_far(city: City) -> bool:
    """Where one of the two express carriers has no depot of its own."""
    return city.region in FAR_REGIONS

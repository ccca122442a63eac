"""Where the simulated customers live: cities in every province of Iran, and a few in the neighbourhood.

Coordinates and postal prefixes are approximate; the weights are the shop's own shares, not the population's.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt


@dataclass(frozen=True)
class City:
    """One place of the shop: `weight` is its relative share of the orders, `extra_days` the wait on the last leg."""

    code: str
    name: str
    region: str
    latitude: float
    longitude: float
    weight: float
    extra_days: float = 0.0
    country: str = "IR"

    @property
    def road_km(self) -> float:
        """Kilometres by road from the shop in Tehran: the great circle and a quarter more."""
        return 1.25 * _great_circle_km(self.latitude, self.longitude, *SHOP_AT)


SHOP_AT = (35.70, 51.39)


def _great_circle_km(north: float, east: float, other_north: float, other_east: float) -> float:
    turn_north, turn_east = radians(other_north - north) / 2, radians(other_east - east) / 2
    chord = sin(turn_north) ** 2 + cos(radians(north)) * cos(radians(other_north)) * sin(turn_east) ** 2
    return 2 * 6371.0 * asin(sqrt(chord))


TEHRAN, ALBORZ, ISFAHAN, FARS, RAZAVI = "تهران", "البرز", "اصفهان", "فارس", "خراسان رضوی"
EAST_AZERBAIJAN, WEST_AZERBAIJAN, ARDABIL = "آذربایجان شرقی", "آذربایجان غربی", "اردبیل"
KURDISTAN, ZANJAN, HAMADAN = "کردستان", "زنجان", "همدان"
SISTAN, HORMOZGAN, SOUTH_KHORASAN = "سیستان و بلوچستان", "هرمزگان", "خراسان جنوبی"
KHUZESTAN, MAZANDARAN, GILAN, KERMAN = "خوزستان", "مازندران", "گیلان", "کرمان"
ILAM, KOHGILUYEH, BUSHEHR = "ایلام", "کهگیلویه و بویراحمد", "بوشهر"
SNOWY_REGIONS = frozenset({EAST_AZERBAIJAN, WEST_AZERBAIJAN, ARDABIL, KURDISTAN, ZANJAN, HAMADAN})
FAR_REGIONS = frozenset({SISTAN, HORMOZGAN, SOUTH_KHORASAN, KERMAN, ILAM, KOHGILUYEH, BUSHEHR})

CITIES: tuple[City, ...] = (
    City("11", "تهران", TEHRAN, 35.68, 51.41, 70),
    City("13", "تهران", TEHRAN, 35.67, 51.36, 50),
    City("14", "تهران", TEHRAN, 35.75, 51.33, 80),
    City("15", "تهران", TEHRAN, 35.73, 51.42, 70),
    City("16", "تهران", TEHRAN, 35.74, 51.50, 55),
    City("17", "تهران", TEHRAN, 35.67, 51.47, 30),
    City("19", "تهران", TEHRAN, 35.79, 51.42, 75),
    City("331", "اسلام‌شهر", TEHRAN, 35.55, 51.24, 12, 0.2),
    City("31", "کرج", ALBORZ, 35.83, 50.99, 62, 0.1),
    City("37", "قم", "قم", 34.64, 50.88, 22, 0.2),
    City("34", "قزوین", "قزوین", 36.27, 50.00, 18, 0.2),
    City("381", "اراک", "مرکزی", 34.09, 49.70, 14, 0.3),
    City("391", "ساوه", "مرکزی", 35.02, 50.36, 6, 0.4),
    City("351", "سمنان", "سمنان", 35.58, 53.39, 8, 0.3),
    City("81", "اصفهان", ISFAHAN, 32.65, 51.67, 60, 0.2),
    City("871", "کاشان", ISFAHAN, 33.98, 51.44, 14, 0.3),
    City("71", "شیراز", FARS, 29.59, 52.58, 52, 0.3),
    City("741", "جهرم", FARS, 28.50, 53.56, 6, 0.9),
    City("91", "مشهد", RAZAVI, 36.30, 59.61, 66, 0.2),
    City("931", "نیشابور", RAZAVI, 36.21, 58.80, 8, 0.6),
    City("961", "سبزوار", RAZAVI, 36.21, 57.68, 7, 0.6),
    City("51", "تبریز", EAST_AZERBAIJAN, 38.08, 46.29, 42, 0.2),
    City("551", "مراغه", EAST_AZERBAIJAN, 37.39, 46.24, 7, 0.6),
    City("571", "ارومیه", WEST_AZERBAIJAN, 37.55, 45.07, 20, 0.4),
    City("581", "خوی", WEST_AZERBAIJAN, 38.55, 44.95, 7, 0.8),
    City("561", "اردبیل", ARDABIL, 38.25, 48.29, 14, 0.5),
    City("451", "زنجان", ZANJAN, 36.68, 48.49, 11, 0.3),
    City("661", "سنندج", KURDISTAN, 35.31, 46.99, 17, 0.6),
    City("651", "همدان", HAMADAN, 34.80, 48.52, 16, 0.3),
    City("671", "کرمانشاه", "کرمانشاه", 34.31, 47.07, 20, 0.5),
    City("681", "خرم‌آباد", "لرستان", 33.49, 48.36, 11, 0.6),
    City("693", "ایلام", ILAM, 33.64, 46.42, 7, 1.2),
    City("61", "اهواز", KHUZESTAN, 31.32, 48.67, 30, 0.5),
    City("646", "دزفول", KHUZESTAN, 32.38, 48.40, 8, 0.8),
    City("631", "آبادان", KHUZESTAN, 30.34, 48.30, 7, 0.9),
    City("41", "رشت", GILAN, 37.28, 49.58, 28, 0.2),
    City("441", "لاهیجان", GILAN, 37.21, 50.00, 8, 0.4),
    City("481", "ساری", MAZANDARAN, 36.57, 53.06, 18, 0.2),
    City("471", "بابل", MAZANDARAN, 36.54, 52.68, 13, 0.3),
    City("491", "گرگان", "گلستان", 36.84, 54.44, 15, 0.4),
    City("941", "بجنورد", "خراسان شمالی", 37.47, 57.33, 8, 0.8),
    City("971", "بیرجند", SOUTH_KHORASAN, 32.87, 59.22, 10, 1.3),
    City("89", "یزد", "یزد", 31.90, 54.37, 20, 0.3),
    City("76", "کرمان", KERMAN, 30.28, 57.08, 22, 0.8),
    City("771", "رفسنجان", KERMAN, 30.41, 55.99, 6, 1.0),
    City("881", "شهرکرد", "چهارمحال و بختیاری", 32.33, 50.86, 9, 0.7),
    City("759", "یاسوج", KOHGILUYEH, 30.67, 51.59, 7, 1.3),
    City("751", "بوشهر", BUSHEHR, 28.92, 50.84, 12, 1.0),
    City("791", "بندرعباس", HORMOZGAN, 27.18, 56.27, 17, 1.0),
    City("794", "کیش", HORMOZGAN, 26.54, 53.98, 6, 1.6),
    City("981", "زاهدان", SISTAN, 29.50, 60.86, 17, 1.4),
    City("997", "چابهار", SISTAN, 25.29, 60.64, 7, 1.9),
    City("991", "ایرانشهر", SISTAN, 27.20, 60.68, 5, 1.9),
    City("TR-34", "استانبول", "ترکیه", 41.01, 28.98, 5, 3.0, "TR"),
    City("AE-DXB", "دبی", "امارات", 25.20, 55.27, 6, 2.5, "AE"),
    City("IQ-BG", "بغداد", "عراق", 33.31, 44.37, 4, 4.0, "IQ"),
    City("IQ-AR", "اربیل", "عراق", 36.19, 44.01, 3, 3.5, "IQ"),
    City("AF-HER", "هرات", "افغانستان", 34.35, 62.20, 4, 4.5, "AF"),
    City("AF-KAB", "کابل", "افغانستان", 34.53, 69.17, 3, 6.0, "AF"),
)
BY_CODE = {city.code: city for city in CITIES}

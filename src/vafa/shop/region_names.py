"""What regions and countries are called in Persian, Arabic and Latin letters, to show them in the reader's language.

Those that share the name of their chief city stand in `city_names`. Nothing is matched by these names but what a person
types into a filter: orders keep the region they were imported with.
"""

from __future__ import annotations

from functools import lru_cache

from vafa.shop.city_names import LANGUAGES, name_in, other_names, squashed

# one region a line: Persian | English | Arabic | further spellings
NAMES = """
آذربایجان شرقی|East Azerbaijan|أذربيجان الشرقية|Azarbaijan-e Sharqi
آذربایجان غربی|West Azerbaijan|أذربيجان الغربية|Azarbaijan-e Gharbi
البرز|Alborz|ألبرز
چهارمحال و بختیاری|Chaharmahal and Bakhtiari|جهارمحال وبختياري|Chahar Mahaal and Bakhtiari
خراسان جنوبی|South Khorasan|خراسان الجنوبية
خراسان رضوی|Razavi Khorasan|خراسان الرضوية|Khorasan Razavi
خراسان شمالی|North Khorasan|خراسان الشمالية
خوزستان|Khuzestan|خوزستان|Khouzestan
سیستان و بلوچستان|Sistan and Baluchestan|سيستان وبلوشستان|Sistan and Baluchistan
فارس|Fars|فارس
کردستان|Kurdistan|كردستان|Kordestan
کهگیلویه و بویراحمد|Kohgiluyeh and Boyer-Ahmad|كهكيلويه وبوير أحمد|Kohgiluyeh and Buyer Ahmad
گلستان|Golestan|غلستان
گیلان|Gilan|غيلان|Guilan
لرستان|Lorestan|لرستان|Luristan
مازندران|Mazandaran|مازندران
مرکزی|Markazi|مركزي
هرمزگان|Hormozgan|هرمزغان
افغانستان|Afghanistan|أفغانستان
امارات|United Arab Emirates|الإمارات|UAE
ترکیه|Turkey|تركيا|Türkiye
عراق|Iraq|العراق
"""


@lru_cache(maxsize=1)
def _regions() -> dict[str, tuple[str, ...]]:
    """Every squashed spelling with all names of its region."""
    lines = [tuple(line.split("|")) for line in NAMES.strip().splitlines()]
    return {squashed(name): names for names in lines for name in names}


def place_name(name: str, language: str) -> str:
    """What a city or a region is called in a language (`fa`, `ar`, `en`); the name itself where neither is listed."""
    names = _regions().get(squashed(name))
    return name_in(name, language) if names is None else names[LANGUAGES.get(language, 1)]


def names_of_place(name: str) -> tuple[str, ...]:
    """All names of the city or region that is called so."""
    return _regions().get(squashed(name)) or other_names(name)

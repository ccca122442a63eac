"""The three calendars: which one a language reads, and the names of their months."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Literal

import jdatetime
from babel import Locale
from hijridate import Gregorian

from vafa.kit.formats.preferences import preferences

Calendar = Literal["gregorian", "jalali", "hijri"]

JALALI_MONTHS = {
    "fa": ["فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"],
    "ar": ["فروردين", "أرديبهشت", "خرداد", "تير", "مرداد", "شهريور", "مهر", "آبان", "آذر", "دي", "بهمن", "إسفند"],
    "en": [
        "Farvardin",
        "Ordibehesht",
        "Khordad",
        "Tir",
        "Mordad",
        "Shahrivar",
        "Mehr",
        "Aban",
        "Azar",
        "Dey",
        "Bahman",
        "Esfand",
    ],
}
HIJRI_MONTHS = {
    "fa": (
        [
            "محرم",
            "صفر",
            "ربیع\u200cالاول",
            "ربیع\u200cالثانی",
            "جمادی\u200cالاول",
            "جمادی\u200cالثانی",
            "رجب",
            "شعبان",
            "رمضان",
            "شوال",
            "ذیقعده",
            "ذیحجه",
        ]
    ),
    "ar": [
        "محرم",
        "صفر",
        "ربيع الأول",
        "ربيع الآخر",
        "جمادى الأولى",
        "جمادى الآخرة",
        "رجب",
        "شعبان",
        "رمضان",
        "شوال",
        "ذو القعدة",
        "ذو الحجة",
    ],
    "en": [
        "Muharram",
        "Safar",
        "Rabiʻ I",
        "Rabiʻ II",
        "Jumada I",
        "Jumada II",
        "Rajab",
        "Shaʻban",
        "Ramadan",
        "Shawwal",
        "Dhu al-Qaʻdah",
        "Dhu al-Hijjah",
    ],
}
ERA = {"hijri": {"fa": " ق", "ar": " هـ", "en": " AH"}}


def calendar_of(language: str) -> Calendar:
    """The calendar in which a language's readers live; Arabic has Gregorian, or Hijri where the shop prefers it."""
    if language == "fa":
        return "jalali"
    return "hijri" if language == "ar" and preferences().hijri else "gregorian"


def in_calendar(day: date, calendar: Calendar) -> tuple[Calendar, int, int, int]:
    """(calendar, year, month, day). Hijri tables reach from 1924 to 2077; outside them the date stays Gregorian."""
    if calendar == "jalali":
        jalali = jdatetime.date.fromgregorian(date=day)
        return calendar, jalali.year, jalali.month, jalali.day
    if calendar == "hijri":
        try:
            hijri = Gregorian(day.year, day.month, day.day).to_hijri()
        except OverflowError:
            return "gregorian", day.year, day.month, day.day
        return calendar, hijri.year, hijri.month, hijri.day
    return "gregorian", day.year, day.month, day.day


def month_name(month: int, calendar: Calendar, language: str, *, short: bool = False) -> str:
    """The name of month 1 to 12 of a calendar."""
    if calendar == "jalali":
        return JALALI_MONTHS[language][month - 1]
    if calendar == "hijri":
        return HIJRI_MONTHS[language][month - 1]
    width = "abbreviated" if short and language == "en" else "wide"
    alone = "stand-alone" if short else "format"  # in Persian a month before its year takes a mark
    return _months(language, alone, width)[month]


@cache
def _months(language: str, alone: str, width: str) -> dict[int, str]:
    return {number: str(name) for number, name in Locale(language).months[alone][width].items()}

"""The city table as text to paste and as a picture to post, in each language."""

from __future__ import annotations

import base64
from functools import lru_cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override

from vafa.delivery.city_table import Cell, CityTable, Row
from vafa.kit.formats import format_date, format_days, format_frequency
from vafa.shop.queries import place_name

WIDTH, MARGIN, ROW_HEIGHT, TOP = 1080, 64, 66, 210
INK, QUIET, PAPER, ACCENT, LINE = "#1d2d32", "#5d6c70", "#ffffff", "#147f84", "#dfe7e8"
RIGHT_TO_LEFT = {"fa", "ar"}


def as_text(table: CityTable, shop_name: str, language: str) -> str:
    """Lines to paste anywhere."""
    with override(language):
        lines = [_heading(shop_name), ""]
        lines += [
            f"{row_name(row, language)}: {_words(table, row, language)}" for row in table.rows if row.says_something
        ]
        return "\n".join([*lines, "", footing(table)])


def footing(table: CityTable) -> str:
    """How often such days are kept and when the table was made, in the language now active."""
    kept = format_frequency(round(table.caution * 100), 100)
    made = format_date(table.made_on)
    return _("Made to be kept %(kept)s times. Made on %(day)s from our own deliveries.") % {"kept": kept, "day": made}


def row_name(row: Row, language: str) -> str:
    """The city, or what all others are called, in the language, which is the one now active."""
    return _("Everywhere else") if row.is_elsewhere else place_name(row.city, language)


def _heading(shop_name: str) -> str:
    return _("Delivery times of %(shop)s") % {"shop": shop_name} if shop_name else _("Delivery times")


def _words(table: CityTable, row: Row, language: str) -> str:
    if len(table.options) == 1:
        return _cell(row.cells[0])
    comma = "، " if language in RIGHT_TO_LEFT else ", "
    named = zip(table.options, row.cells, strict=True)
    return comma.join(
        f"{_option(names, code, language)} {_cell(cell)}" for (code, names), cell in named if cell.days is not None
    )


def _option(names: dict[str, str], code: str, language: str) -> str:
    return names.get(language) or names.get("en") or code


def _cell(cell: Cell) -> str:
    if cell.days is None:
        return "–"
    return _("the same day") if cell.days == 0 else format_days(cell.days)


def as_picture(table: CityTable, shop_name: str, language: str) -> SafeString:
    """An SVG of 1080 pixels that brings its own letters, so that it looks the same everywhere."""
    rows = [row for row in table.rows if row.says_something]
    height = TOP + ROW_HEIGHT * (len(rows) + (len(table.options) > 1)) + 130
    rtl = language in RIGHT_TO_LEFT
    with override(language):
        parts = [_text(_heading(shop_name), 0, 118, 46, rtl, weight=700, fill=INK)]
        parts += _columns(table, rows, language, rtl)
        parts.append(_text(footing(table), 0, height - 54, 24, rtl, fill=QUIET))
    face = f"@font-face{{font-family:Letters;font-weight:300 900;src:url({_letters(language)}) format('woff2')}}"
    return mark_safe(  # noqa: S308 - every text is escaped in _text
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}"'
        f' direction="{"rtl" if rtl else "ltr"}" font-family="Letters, Vazirmatn, Figtree, sans-serif">'
        f"<style>{face}</style>"
        f'<rect width="{WIDTH}" height="{height}" fill="{PAPER}"/><rect width="{WIDTH}" height="16" fill="{ACCENT}"/>'
        f"{''.join(parts)}</svg>"
    )


def _columns(table: CityTable, rows: list[Row], language: str, rtl: bool) -> list[str]:
    parts, y = [], TOP
    slot = 300 if len(table.options) == 1 else min(260, 640 // len(table.options))
    ends = [WIDTH - 2 * MARGIN - slot * (len(table.options) - 1 - number) for number in range(len(table.options))]
    if len(table.options) > 1:
        parts += [
            _text(_option(names, code, language), end, y - 8, 24, rtl, anchor="end", fill=QUIET)
            for (code, names), end in zip(table.options, ends, strict=True)
        ]
        y += ROW_HEIGHT
    for row in rows:
        parts.append(f'<path d="M{MARGIN} {y + 20}H{WIDTH - MARGIN}" stroke="{LINE}" stroke-width="2"/>')
        parts.append(_text(row_name(row, language), 0, y, 32, rtl, fill=INK))
        parts += [
            _text(_cell(cell), end, y, 32, rtl, anchor="end", weight=700, fill=ACCENT)
            for cell, end in zip(row.cells, ends, strict=True)
        ]
        y += ROW_HEIGHT
    return parts


def _text(
    words: str, along: float, y: float, size: int, rtl: bool, *, anchor: str = "start", weight: int = 400, fill: str
) -> str:
    """Words `along` pixels from where reading begins."""
    x = WIDTH - MARGIN - along if rtl else MARGIN + along
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" font-weight="{weight}" fill="{fill}" text-anchor="{anchor}">'
        f"{escape(words)}</text>"
    )


@lru_cache(maxsize=3)
def _letters(language: str) -> str:
    """The font as a data address; empty where it is not found."""
    name = "vazirmatn" if language in RIGHT_TO_LEFT else "figtree"
    path = finders.find(f"kit/fonts/{name}.woff2")
    if not isinstance(path, str):
        return ""
    return "data:font/woff2;base64," + base64.b64encode(Path(path).read_bytes()).decode()

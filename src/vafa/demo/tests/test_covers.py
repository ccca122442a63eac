"""Covers: the same title, the same drawing; any title, a well-formed one."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vafa.demo.covers import cover
from vafa.demo.titles import TITLES

SVG = "{http://www.w3.org/2000/svg}"


def words_on(svg: str) -> list[str]:
    return ["".join(text.itertext()) for text in ElementTree.fromstring(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize("title", TITLES, ids=lambda title: title.english)
def test_every_title_of_the_shop_has_a_well_formed_cover_of_under_8_kb(title):
    drawn = cover(title.name, title.author, title.shelf)
    assert ElementTree.fromstring(drawn).tag == f"{SVG}svg"
    assert len(drawn) < 8000


def test_the_same_title_gives_the_same_cover():
    assert cover("گلستان", "سعدی") == cover("گلستان", "سعدی")


def test_another_title_gives_another_cover():
    assert cover("گلستان") != cover("بوستان")


def test_markup_in_a_title_is_letters_not_markup():
    assert "<script" not in cover('<script>alert("1")</script>', "<b>&")
    assert words_on(cover("<b>&", "</svg>")) == ["<b>&", "</svg>"]


def test_persian_titles_run_from_right_to_left_and_latin_ones_from_left_to_right():
    assert 'direction="rtl"' in cover("شاهنامه")
    assert 'direction="ltr"' in cover("Shahnameh")


def test_no_line_of_a_title_ends_with_the_word_and():
    assert words_on(cover("روباه و رودخانه", shelf="children")) == ["روباه", "و\u00a0رودخانه"]


def test_a_long_title_is_cut():
    assert "".join(words_on(cover("x" * 500))) == "x" * 59 + "…"


@given(st.text(), st.text(), st.sampled_from(["", "novel", "children", "science", "phone", "?"]))
def test_any_text_at_all_gives_well_formed_svg(title, author, shelf):
    ElementTree.fromstring(cover(title, author, shelf))


def test_a_cover_needs_nothing_from_elsewhere_and_no_style_attribute():
    for title in TITLES:
        drawn = cover(title.name, title.author, title.shelf).replace('xmlns="http://www.w3.org/2000/svg"', "")
        assert "http" not in drawn
        assert "style=" not in drawn

"""Papers as PDF files, in three languages."""

from __future__ import annotations

import re
import zlib

import pytest

from vafa.kit.pdf import Paper


def drawn(language: str, *lines: str) -> str:
    """The commands that draw the pages."""
    paper = Paper(language, "title")
    for line in lines:
        paper.line(line)
    found = re.findall(rb"stream\n(.*?)\nendstream", paper.finished(), re.S)
    texts = (zlib.decompress(each).decode("latin-1") for each in found if each[:1] == b"x")
    return next(text for text in texts if " Tf" in text)


def glyphs(commands: str) -> list[str]:
    """The numbers of the glyphs, in the order in which they are drawn."""
    return re.findall(r"[0-9a-f]{4}|\\.{1}|.", "".join(re.findall(r"\((.*?)\) T[jJ]", commands, re.S)))


def test_letters_take_their_joined_forms():
    together, apart = drawn("fa", "\u0628\u0628\u0628"), drawn("fa", "\u0628 \u0628 \u0628")
    assert len(set(glyphs(together))) > len(set(glyphs(apart)))  # one form alone, three where they are joined


@pytest.mark.parametrize("language", ["fa", "ar", "en"])
def test_a_paper_with_long_titles_and_many_lines_runs_over_pages(language):
    paper = Paper(language, "title")
    paper.heading("دیوان حافظ")
    paper.table(["a", "b"], [("کتاب‌ها " * 30, "۱۲٬۵۰۰ تومان")] * 40, [120, 54])
    paper.sums([("جمع", "۱۲٬۵۰۰ تومان")])
    file = paper.finished()
    assert file[:5] == b"%PDF-"
    assert paper.pdf.page_no() > 2


def test_signs_that_only_turn_the_direction_are_left_out():
    assert glyphs(drawn("en", "\u2068a\u2069")) == glyphs(drawn("en", "a"))

"""Papers as PDF files: one column, one table, in the reader's language; Persian and Arabic are shaped and run from
right to left. Needs the extra `papers`; without it `can_draw` says no.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fpdf import FPDF

KIT = Path(__file__).parent
# weight and file of each style; tools/paper_fonts.py cuts them from the font of the pages
FACES = {style: (weight, KIT / "fonts" / f"vazirmatn-{weight}.ttf") for style, weight in {"": 400, "B": 700}.items()}
NEEDED = ("fpdf", "uharfbuzz")
MARKS = re.compile("[\u200e\u200f\u2066-\u2069]")  # direction marks: the shaping finds the direction itself
INK, QUIET, RULE = (24, 28, 32), (96, 104, 112), (208, 213, 218)
MARGIN, WIDTH, LINE = 18, 174, 6.5  # millimetres of an A4 page


def can_draw() -> bool:
    """Whether what draws PDF files is installed."""
    return all(find_spec(name) is not None for name in NEEDED)


class Paper:
    """One paper. Text is written from the start of the line, where the language has it."""

    def __init__(self, language: str, title: str) -> None:
        self.is_rtl = language in {"fa", "ar"}
        self.start, self.end = ("R", "L") if self.is_rtl else ("L", "R")
        self.pdf = self._pdf(language)
        self.pdf.set_title(title)
        self.pdf.add_page()

    def _pdf(self, language: str) -> FPDF:
        from fpdf import FPDF

        pdf = FPDF(format="A4")
        pdf.set_margin(MARGIN)
        pdf.set_auto_page_break(True, MARGIN)
        for style, (_weight, path) in FACES.items():
            pdf.add_font("Vazirmatn", style, path)
        pdf.set_lang(language)
        pdf.set_text_shaping(True, direction="rtl" if self.is_rtl else "ltr")
        pdf.set_text_color(*INK)
        pdf.set_draw_color(*RULE)
        return pdf

    def heading(self, text: str) -> None:
        """The name of the paper."""
        self._write(text, size=20, style="B", height=11)

    def line(self, text: str, *, is_strong: bool = False, is_quiet: bool = False) -> None:
        """One line or several of plain text."""
        if text:
            self.pdf.set_text_color(*(QUIET if is_quiet else INK))
            self._write(text, style="B" if is_strong else "")
            self.pdf.set_text_color(*INK)

    def gap(self, height: float = 5) -> None:
        """Some room."""
        self.pdf.ln(height)

    def table(self, head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> None:
        """Lines between rows; the first column begins at the start of the line, the others end at its end."""
        from fpdf.enums import TableBordersLayout, VAlign
        from fpdf.fonts import FontFace

        align = [self.start, *[self.end] * (len(head) - 1)]
        turned = slice(None, None, -1 if self.is_rtl else 1)
        self.pdf.set_font("Vazirmatn", size=10)
        with self.pdf.table(
            col_widths=tuple(widths[turned]),
            text_align=tuple(align[turned]),
            line_height=LINE,
            padding=(1, 1),
            v_align=VAlign.T,
            borders_layout=TableBordersLayout.HORIZONTAL_LINES,
            headings_style=FontFace(emphasis="BOLD", color=QUIET),
        ) as table:
            for row in (head, *rows):
                table.row([_plain(cell) for cell in row][turned])

    def sums(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Names and amounts, one pair a line, at the end of the line; the last one stands out."""
        for number, (name, amount) in enumerate(pairs, start=1):
            self.pdf.set_font("Vazirmatn", style="B" if number == len(pairs) else "", size=10)
            cells = [(WIDTH - 50, _plain(name)), (50, _plain(amount))]
            for width, text in cells[:: -1 if self.is_rtl else 1]:
                self.pdf.cell(width, LINE, text, align=self.end)
            self.pdf.ln(LINE)

    def finished(self) -> bytes:
        """The file."""
        return bytes(self.pdf.output())

    def _write(self, text: str, *, size: int = 10, style: str = "", height: float = LINE) -> None:
        self.pdf.set_font("Vazirmatn", style=style, size=size)
        self.pdf.multi_cell(WIDTH, height, _plain(text), align=self.start, new_x="LMARGIN", new_y="NEXT")


def _plain(text: str) -> str:
    return MARKS.sub("", text).replace("\r", "")

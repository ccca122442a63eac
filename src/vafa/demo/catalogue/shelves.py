"""The shelves as a tree, and what the data sheets on them say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vafa.demo.catalogue.words import Words, texts

if TYPE_CHECKING:
    from vafa.catalog.models.products import SpecificationTerms


def _line(code: str, name: Words, *, facet: bool = False) -> SpecificationTerms:
    return {"code": code, "name": texts(name), "unit": "", "facet": facet}


BOOK_SHEET = (
    _line("author", ("نویسنده", "المؤلف", "Author")),
    _line("editor", ("گردآورنده", "إعداد", "Edited by")),
    _line("translator", ("مترجم", "المترجم", "Translator")),
    _line("publisher", ("ناشر", "الناشر", "Publisher"), facet=True),
    _line("year", ("سال چاپ", "سنة النشر", "Year"), facet=True),
    _line("pages", ("تعداد صفحه", "عدد الصفحات", "Pages")),
    _line("binding", ("نوع جلد", "التجليد", "Binding"), facet=True),
    _line("volumes", ("شمار جلدها", "عدد المجلّدات", "Volumes")),
)
AGE = _line("age", ("گروه سنی", "الفئة العمرية", "Age"), facet=True)
PHONE_SHEET = (
    _line("storage", ("حافظه", "الذاكرة", "Storage"), facet=True),
    _line("colour", ("رنگ", "اللون", "Colour"), facet=True),
    _line("warranty", ("ضمانت", "الضمان", "Warranty")),
)
BOOKS: Words = ("کتاب", "كتب", "Books")
PHONES: Words = ("گوشی همراه", "هواتف", "Phones")
SHELVES_OF_BOOKS: dict[str, Words] = {
    "novels": ("داستان و رمان", "روايات وقصص", "Novels and stories"),
    "poetry": ("شعر", "شعر", "Poetry"),
    "prose": ("نثر کهن", "النثر القديم", "Old prose"),
    "history": ("تاریخ", "تاريخ", "History"),
    "science": ("دانش", "علوم", "Science"),
    "life": ("هنر زندگی", "فنون الحياة", "Home and crafts"),
    "children": ("کودک", "أطفال", "Children"),
}

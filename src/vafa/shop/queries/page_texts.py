"""The owner's words on the pages about the shop."""

from __future__ import annotations

from vafa.shop.models import PageText
from vafa.shop.queries.settings import remembered, the_shop


def page_texts() -> dict[str, dict[str, str]]:
    """{page: {language: words}}, remembered until one is changed: nobody may change what is returned."""
    return remembered("shop.page_texts", _read)


def page_text(page: str, language: str) -> tuple[str, str]:
    """The words on a page and their language: the reader's, else the shop's, else any; empty where there are none."""
    texts = page_texts().get(page, {})
    for each in (language, the_shop().default_language, *texts):
        if texts.get(each):
            return texts[each], each
    return "", language


def _read() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for text in PageText.objects.all():
        found.setdefault(text.page, {})[text.language] = text.words
    return found

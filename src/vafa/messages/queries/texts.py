"""The texts of templates: the owner's where he wrote one, else the shipped ones."""

from __future__ import annotations

from functools import lru_cache

from django.template.utils import get_app_template_dirs

from vafa.messages.letters import Letter, letter
from vafa.messages.models import OwnText
from vafa.messages.registry import MessageTemplate
from vafa.messages.showing import Reader, sample_name, sample_values, shown_values
from vafa.messages.wording import write
from vafa.shop.queries import the_shop


def source_of(template: MessageTemplate, language: str) -> str:
    """The text that holds now."""
    own = OwnText.objects.filter(template=template.name, language=language).first()
    return own.source if own else shipped_source(template, language)


def shipped_source(template: MessageTemplate, language: str) -> str:
    """The text that came with Vafa. FileNotFoundError is a mistake in the program."""
    return _read(template.file(language))


@lru_cache(maxsize=256)
def _read(name: str) -> str:
    for folder in get_app_template_dirs("templates"):
        file = folder / name
        if file.is_file():
            return file.read_text(encoding="utf-8")
    raise FileNotFoundError(name)


def preview(template: MessageTemplate, language: str, channel: str, source: str | None = None) -> Letter:
    """The message with its sample values, from `source` or from the text that holds. Problem `bad-text`."""
    shop = the_shop()
    reader = Reader(language, shop.zone, sample_name(language), shop.name)
    values = shown_values(template, sample_values(template), reader)
    written = write(source_of(template, language) if source is None else source, values, language)
    return letter(written, channel=channel, language=language, shop=shop.name)


def own_texts() -> dict[str, set[str]]:
    """In which languages the owner has written a text of his own, by template."""
    found: dict[str, set[str]] = {}
    for template, language in OwnText.objects.values_list("template", "language"):
        found.setdefault(template, set()).add(language)
    return found

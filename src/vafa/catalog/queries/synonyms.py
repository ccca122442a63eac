"""Words that mean the same."""

from __future__ import annotations

from vafa.catalog.models import Synonyms
from vafa.catalog.search.thesaurus import Thesaurus
from vafa.shop.queries import remembered


def synonym_groups() -> list[Synonyms]:
    """Every group, the newest first."""
    return list(Synonyms.objects.order_by("-pk"))


def thesaurus() -> Thesaurus:
    """All groups as the search asks them; remembered until one changes."""
    return remembered("catalog.synonyms", lambda: Thesaurus(Synonyms.objects.values_list("words", flat=True)))

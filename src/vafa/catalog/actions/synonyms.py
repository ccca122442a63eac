"""Words that mean the same, as the shop's people know them."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vafa.catalog.models import Synonyms
from vafa.engine.terms import words_of
from vafa.kit.problems import Problem
from vafa.shop.actions import stamp_shop

MOST_GROUPS, MOST_WORDS, LONGEST, MOST_IN_A_ROW = 2000, 20, 80, 4


def keep_synonyms(words: Sequence[str], *, group: Synonyms | None = None) -> Synonyms:
    """Write a new group, or other words into `group`; what is searched for by one is found by all from now on.

    Spellings that the search reads alike count once. Problems: `too-few` (two different ones are needed), `too-many`,
    `too-long`, `in-other-group` (409: a word may stand in one group only).
    """
    different = {" ".join(words_of(word)): word for word in reversed(words) if words_of(word)}
    said = [different[folded] for folded in reversed(different)]
    _require(said)
    with transaction.atomic():
        others = [each for each in Synonyms.objects.select_for_update().order_by("pk") if each != group]
        taken = {" ".join(words_of(word)) for other in others for word in other.words}
        if both := next((word for folded, word in different.items() if folded in taken), None):
            sentence = _("“%(word)s” stands in another group already.") % {"word": both}
            raise Problem("in-other-group", sentence, status=409, field="words")
        if group is None and len(others) >= MOST_GROUPS:
            raise Problem("too-many", _("There are too many groups of words."), field="words")
        kept = group or Synonyms()
        kept.words = said
        kept.save()
        stamp_shop()
    return kept


def forget_synonyms(number: int) -> bool:
    """The words of that group mean different things again; whether there was one."""
    with transaction.atomic():
        deleted, _by_model = Synonyms.objects.filter(pk=number).delete()
        stamp_shop()
    return bool(deleted)


def _require(said: Sequence[str]) -> None:
    if len(said) < 2:
        raise Problem("too-few", _("Write at least two different words."), field="words")
    if len(said) > MOST_WORDS:
        raise Problem("too-many", _("At most 20 words can mean the same."), field="words")
    if any(len(word) > LONGEST or len(words_of(word)) > MOST_IN_A_ROW for word in said):
        raise Problem("too-long", _("One of them is too long: at most four words on a line."), field="words")

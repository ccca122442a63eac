"""The questions of a guide, as the shop's people write them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from vafa.catalog.models import Category, GuideChoice, GuideQuestion
from vafa.kit.problems import Problem
from vafa.shop.actions import stamp_shop

MOST_QUESTIONS, MOST_CHOICES = 8, 6


@dataclass(frozen=True, slots=True)
class ChoiceTerms:
    """One answer and what it asks for; see `catalog.models.GuideChoice`."""

    text: Mapping[str, str]
    features: Sequence[str] = ()
    least_minor: int | None = None
    most_minor: int | None = None
    must: bool = False


def keep_question(
    category: Category,
    text: Mapping[str, str],
    choices: Sequence[ChoiceTerms],
    *,
    question: GuideQuestion | None = None,
) -> GuideQuestion:
    """Write a new question at the end of the category's guide, or other words and answers into `question`.

    Problems: `empty`, `too-few` answers (two are needed), `too-many`, `bad-range`.
    """
    _require(text, choices)
    with transaction.atomic():
        list(Category.objects.select_for_update().filter(pk=category.pk))
        known = GuideQuestion.objects.filter(category=category)
        if question is None and known.count() >= MOST_QUESTIONS:
            raise Problem("too-many", _("Nobody answers more than eight questions."), field="text")
        kept = question or GuideQuestion(category=category, position=(known.aggregate(m=Max("position"))["m"] or 0) + 1)
        kept.text = dict(text)
        kept.save()
        kept.choices.all().delete()
        GuideChoice.objects.bulk_create(
            GuideChoice(
                question=kept,
                position=position,
                text=dict(choice.text),
                features=list(choice.features),
                least_minor=choice.least_minor,
                most_minor=choice.most_minor,
                must=choice.must,
            )
            for position, choice in enumerate(choices)
        )
        stamp_shop()
    return kept


def forget_question(question: GuideQuestion) -> None:
    """It is asked no more."""
    with transaction.atomic():
        GuideQuestion.objects.filter(pk=question.pk).delete()
        stamp_shop()


def _require(text: Mapping[str, str], choices: Sequence[ChoiceTerms]) -> None:
    if not text or not all(choice.text for choice in choices):
        raise Problem("empty", _("Write the question and its answers in one language at least."), field="text")
    if len(choices) < 2:
        raise Problem("too-few", _("A question needs two answers at least."), field="text")
    if len(choices) > MOST_CHOICES:
        raise Problem("too-many", _("A question has six answers at most."), field="text")
    for choice in choices:
        if choice.least_minor is not None and choice.most_minor is not None and choice.least_minor > choice.most_minor:
            raise Problem("bad-range", _("The lowest price is above the highest."), field="text")

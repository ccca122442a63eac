"""Help in choosing: questions, and what fits the answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from vafa.catalog.models import GuideChoice, GuideQuestion
from vafa.catalog.models.products import Texts
from vafa.catalog.queries.cards import Card, cards
from vafa.catalog.queries.entries import entries
from vafa.catalog.queries.shelves import Shelf
from vafa.catalog.search.asking import Asked, ask
from vafa.catalog.search.documents import Feature
from vafa.catalog.search.fitting import Want, fitting
from vafa.catalog.search.here import the_index
from vafa.shop.queries import remembered

MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Said:
    """One possible answer: its words and what it asks of a product."""

    text: Texts
    want: Want


@dataclass(frozen=True, slots=True)
class Asking:
    """One question with its answers, in the owner's order."""

    text: Texts
    answers: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Fit:
    """A product, the answers that it meets and those that it does not."""

    card: Card
    met: tuple[Said, ...]
    missed: tuple[Said, ...]


def guide_to(shelf: Shelf) -> tuple[str, tuple[Asking, ...]]:
    """The code of the shelf whose guide leads here (its own, else of the closest shelf above), and its questions;
    ("", ()) where there is none.
    """
    known = guides()
    code = next((code for code in reversed(shelf.path) if code in known), "")
    return code, known.get(code, ())


def guides() -> dict[str, tuple[Asking, ...]]:
    """Every guide by the code of its shelf; remembered until one changes. Questions without answers are left out."""
    return remembered("catalog.guides", _read)


def fits(shelf: str, answers: Sequence[Said], *, most: int = MOST_SHOWN) -> list[Fit]:
    """What is there on the shelf and meets the most of the answers, with what it meets and what not."""
    codes = fitting(the_index(), shelf, [answer.want for answer in answers], most=most)
    known = {entry.code: entry for entry in entries(codes)}
    found = []
    for card in cards(codes):
        entry = known[card.code]
        features = frozenset(feature.code for feature in entry.features)
        met = [answer.want.is_met_by(features, entry.price_minor) for answer in answers]
        found.append(Fit(
            card,
            tuple(answer for answer, fulfilled in zip(answers, met, strict=True) if fulfilled),
            tuple(answer for answer, fulfilled in zip(answers, met, strict=True) if not fulfilled),
        ))  # fmt: skip
    return found


def features_on(shelf: str) -> list[tuple[Feature, int]]:
    """What the data sheets on a shelf say that can be asked for, and how many products say so."""
    return ask(the_index(), Asked(shelf=shelf), most=1).features


def questions_of(shelf: str) -> list[GuideQuestion]:
    """The questions of a guide as the staff edit them, with their choices."""
    return list(GuideQuestion.objects.filter(category__code=shelf).prefetch_related("choices"))


def _read() -> dict[str, tuple[Asking, ...]]:
    choices: dict[int, list[Said]] = defaultdict(list)
    for choice in GuideChoice.objects.all():
        choices[choice.question_id].append(Said(choice.text, _want(choice)))
    found: dict[str, list[Asking]] = defaultdict(list)
    for question in GuideQuestion.objects.select_related("category").order_by("position", "pk"):
        if question.pk in choices:
            found[question.category.code].append(Asking(question.text, tuple(choices[question.pk])))
    return {code: tuple(asked) for code, asked in found.items()}


def _want(choice: GuideChoice) -> Want:
    codes = tuple(Feature.from_text(text).code for text in choice.features)
    return Want(codes, choice.least_minor, choice.most_minor, choice.must)

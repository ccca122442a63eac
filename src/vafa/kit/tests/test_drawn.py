"""A piece is drawn once for the same values, and anew for others."""

from __future__ import annotations

from dataclasses import dataclass
from pickle import PicklingError

import pytest
from django.urls import set_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import override

from vafa.kit.drawn import Drawings
from vafa.kit.formats.preferences import Preferences, prefer, preferences


@dataclass(frozen=True)
class Ware:
    title: dict[str, str]
    price: int


@pytest.fixture
def pen():
    """Draws by number: 0 is the first thing it drew."""

    class Pen:
        def __init__(self) -> None:
            self.pieces, self.many = Drawings(most=3), 0

        def __call__(self, values: object, name: str = "piece") -> SafeString:
            return self.pieces.drawn(name, values, self.draw)

        def draw(self) -> str:
            self.many += 1
            return f"<{self.many - 1}>"

    return Pen()


def test_equal_values_are_drawn_once(pen):
    assert [pen({"ware": Ware({"en": "Cup"}, price)}) for price in (5, 5, 6, 5)] == ["<0>", "<0>", "<1>", "<0>"]


def test_whatever_a_value_holds_may_change(pen):
    title = {"en": "Cup"}
    first = pen(Ware(title, 5))
    title["en"] = "Bowl"
    assert (first, pen(Ware(title, 5)), pen(Ware({"en": "Cup"}, 5))) == ("<0>", "<1>", "<0>")


def test_a_piece_is_of_its_name_language_money_and_place(pen):
    before = preferences()
    drawn = [pen(1), pen(1, "other")]
    with override("fa"):
        drawn.append(pen(1))
    prefer(Preferences(shows_toman=not before.shows_toman))
    drawn.append(pen(1))
    prefer(before)
    set_script_prefix("/mounted/")
    drawn.append(pen(1))
    set_script_prefix("/")
    assert drawn == ["<0>", "<1>", "<2>", "<3>", "<4>"]


def test_those_not_asked_for_the_longest_are_forgotten(pen):
    assert [pen(each) for each in (1, 2, 3, 1, 4, 1, 2)] == ["<0>", "<1>", "<2>", "<0>", "<3>", "<0>", "<4>"]


def test_what_cannot_be_told_by_its_value_is_refused(pen):
    with pytest.raises((TypeError, AttributeError, PicklingError)):
        pen(lambda: 1)

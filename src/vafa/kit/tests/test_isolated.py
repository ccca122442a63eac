"""A name in a sentence of the other direction turns nothing around it."""

from __future__ import annotations

import pytest

from vafa.kit.formats import isolated


@pytest.mark.parametrize(
    ("language", "name", "is_apart"),
    [
        ("fa", "Oak", True),
        ("ar", "30×40", True),  # digits with a sign between them are turned round among letters from the right
        ("fa", "چوب بلوط", False),
        ("fa", "کتاب‌خانه", False),
        ("fa", "چوب Oak", True),
        ("en", "Oak 30×40", False),
        ("en", "چوب بلوط", True),
        ("en", "", False),
        ("fa", "", False),
    ],
)
def test_a_name_is_set_apart_where_its_order_could_turn(language, name, is_apart):
    assert isolated(name, language) == (f"\u2068{name}\u2069" if is_apart else name)

"""Words of a customer for what is made for him, and what is wrong with them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vafa.engine.configuring import Option, Value
from vafa.engine.inscribing import Misword, as_written, word_faults

PLATE = Option("plate", (Value("brass", words_most=12, words_needed=True), Value("blank"), Value("wood", words_most=3)))


def wrong(words: str, value: str = "brass") -> Misword | None:
    found = word_faults([PLATE], {"plate": value}, {"plate": words} if words else {})
    return found[0].what if found else None


@pytest.mark.parametrize(
    ("words", "value", "what"),
    [
        ("For Sara", "brass", None),
        ("برای سارا", "brass", None),
        ("می\u200cخواهم", "brass", None),  # the joiner is part of Persian
        ("❤️ 1404", "brass", None),
        ("", "brass", Misword.MISSING),
        ("", "wood", None),
        ("\u200c\u200c", "brass", Misword.MISSING),
        ("\u200c", "wood", Misword.UNWRITABLE),
        ("x" * 12, "brass", None),
        ("x" * 13, "brass", Misword.TOO_LONG),
        ("xxxx", "wood", Misword.TOO_LONG),
        ("a\nb", "brass", Misword.UNWRITABLE),
        ("a\tb", "brass", Misword.UNWRITABLE),
        ("a\x00b", "brass", Misword.UNWRITABLE),
        ("a\u202eb", "brass", Misword.UNWRITABLE),  # would turn the writing of all that follows
        ("x", "blank", Misword.UNASKED),
        ("x", "", Misword.UNASKED),
    ],
)
def test_what_is_wrong_with_words(words, value, what):
    assert wrong(words, value) == what


def test_words_for_an_option_that_is_not_there_are_told():
    found = word_faults([PLATE], {"plate": "blank"}, {"lid": "x"})
    assert [(each.option, each.what) for each in found] == [("lid", Misword.UNASKED)]


@given(st.text(max_size=40))
def test_what_is_kept_is_kept_the_second_time_too(words):
    assert as_written(as_written(words)) == as_written(words)


def test_letters_are_composed_before_they_are_counted():
    assert as_written("  Zoe\u0308 ") == "Zo\u00eb"

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vafa.engine.folding import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("كرمان", "کرمان"),
        ("يزد", "یزد"),
        ("نجف‌آباد", "نجف اباد"),
        ("مشــهد", "مشهد"),
        ("مُحَمَّد", "محمد"),
        ("São  Paulo", "sao paulo"),
        ("STRASSE", "straße"),
        ("تهران ۱۲", "تهران 12"),
        (" Shiraz\n", "shiraz"),
    ],
)
def test_spellings_that_people_mean_as_the_same_fold_to_the_same(one, other):
    assert fold(one) == fold(other)


def test_different_words_stay_different():
    assert len({fold(city) for city in ("تهران", "شیراز", "کرمان", "کرمانشاه")}) == 4


@example("𝕬")
@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)

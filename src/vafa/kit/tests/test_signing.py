from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vafa.kit import signing

DAY = timedelta(days=1)
# RFC 8032, section 7.1, test 2
PRIVATE = bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
PUBLIC = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
SIGNATURE = bytes.fromhex(
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
)
words = st.text(st.characters(exclude_categories=["Cs"]))
values = st.recursive(
    st.none() | st.booleans() | st.integers() | words, lambda inner: st.lists(inner) | st.dictionaries(words, inner)
)


def test_signatures_are_those_of_the_standard():
    assert signing.public_key_of(PRIVATE) == PUBLIC
    assert signing.sign(PRIVATE, b"\x72") == SIGNATURE
    assert signing.verify(PUBLIC, b"\x72", SIGNATURE)


@pytest.mark.parametrize(
    ("public", "message", "signature"),
    [
        (PUBLIC, b"\x73", SIGNATURE),
        (PUBLIC, b"\x72", SIGNATURE[:-1] + b"\x01"),
        (PUBLIC, b"\x72", b"short"),
        (b"short", b"\x72", SIGNATURE),
        (PUBLIC, b"\x72", b""),
    ],
)
def test_what_was_not_signed_like_that_is_wrong(public, message, signature):
    assert not signing.verify(public, message, signature)


def test_every_new_key_is_another():
    assert signing.new_private_key() != signing.new_private_key()


def test_a_key_is_named_by_its_digest():
    assert signing.key_id(PUBLIC) == "39f713d0a644253f04529421b9f51b9b"


def test_canonical_json_has_sorted_keys_no_spaces_and_composed_letters():
    assert (
        signing.canonical_json({"b": [1, None, True], "a": "e\u0301 قول"})
        == '{"a":"\u00e9 قول","b":[1,null,true]}'.encode()
    )


@pytest.mark.parametrize("value", [1.5, {1: "x"}, {"x"}, datetime.now(UTC), b"x", {"\u00e9": 1, "e\u0301": 2}])
def test_what_has_several_spellings_is_refused(value):
    with pytest.raises(TypeError):
        signing.canonical_json(value)


@given(values)
def test_what_was_read_back_is_written_the_same_way(value):
    import json

    written = signing.canonical_json(value)
    assert signing.canonical_json(json.loads(written)) == written


def test_a_word_opens_for_its_purpose_only():
    word = signing.seal_word("welcome", {"who": "aram"}, DAY)
    assert signing.open_word("welcome", word) == {"who": "aram"}
    assert signing.open_word("survey", word) is None


@pytest.mark.parametrize(
    "spoil", [lambda w: w[:-1], lambda w: "x" + w, lambda w: "", lambda w: "قول", lambda w: w + "\x00"]
)
def test_a_spoilt_word_opens_nothing(spoil):
    assert signing.open_word("welcome", spoil(signing.seal_word("welcome", {}, DAY))) is None


def test_a_word_ends_with_its_lifetime():
    assert signing.open_word("welcome", signing.seal_word("welcome", {}, -DAY)) is None


def test_what_is_locked_away_comes_back_under_the_same_key_and_purpose_only(settings):
    locked = signing.lock_away("gateway", "پرسّری")
    assert "پرسّری" not in locked
    assert signing.unlock("gateway", locked) == "پرسّری"
    assert signing.unlock("other", locked) is None
    assert signing.unlock("gateway", locked[:-2]) is None
    settings.SECRET_KEY = "another key of at least thirty-two characters"
    assert signing.unlock("gateway", locked) is None


def test_a_stand_in_is_the_same_for_the_same_text_under_one_key_and_purpose(settings):
    first = signing.stand_in("customer", "sara@example.org")
    assert first == signing.stand_in("customer", "sara@example.org")
    assert len({first, signing.stand_in("other", "sara@example.org"), signing.stand_in("customer", "omid")}) == 3
    settings.SECRET_KEY = "another key of at least thirty-two characters"
    assert signing.stand_in("customer", "sara@example.org") != first

from __future__ import annotations

import pytest

from vafa.connectors.mapping import FIELDS, Mapping, mapping_from_toml, named_mapping, shipped_mappings, toml_text
from vafa.connectors.tests.make import MAPPING, refused


def test_a_mapping_survives_being_written_to_a_file():
    rich = Mapping(
        name='Café "Nord"',
        missing=["Pre-PQ Process", "See *"],
        constants={"country": "IR"},
        columns={"number": ["شماره سفارش", "back\\slash"], "city": ["a\ttab"]},
    )
    for mapping in (rich, MAPPING, Mapping()):
        assert mapping_from_toml(toml_text(mapping)) == mapping
        assert Mapping.from_json(mapping.as_json()) == mapping


def test_one_heading_needs_no_list_round_it():
    assert mapping_from_toml('[columns]\nnumber = "ID"').columns == {"number": ["ID"]}


@pytest.mark.parametrize(
    "text",
    [
        "columns = 5",
        "[columns]\nnumber = 5",
        "[columns]\nshoe_size = 'x'",
        "zone = 'Mars/Olympus'",
        "date_order = 'sideways'",
        "weight_unit = 'stone'",
        "code_length = 0",
        "surprise = 1",
        "missing = [1]",
        "[constants]\ncountry = 1",
        "not toml at all",
    ],
)
def test_a_mapping_that_makes_no_sense_is_refused(text):
    with refused("bad-mapping"):
        mapping_from_toml(text)


def test_words_for_nothing_may_have_a_star():
    mapping = Mapping(missing=["See *", "[none]"])
    texts = ["see DN-304", "", "N/A", "[NONE]", "seen", "n"]
    assert [mapping.is_missing(text) for text in texts] == [True, True, True, True, False, False]


def test_the_shipped_mappings_name_known_fields_and_what_no_order_can_do_without():
    assert sorted(shipped_mappings()) == ["scms", "shopify", "simple", "woocommerce"]
    for mapping in shipped_mappings().values():
        assert {"number", "placed_at"} <= mapping.columns.keys() <= FIELDS.keys()


def test_a_mapping_is_found_by_name_or_by_file(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(toml_text(MAPPING))
    assert named_mapping(str(path)) == MAPPING
    assert named_mapping("shopify").name == "Shopify"
    with refused("no-mapping"):
        named_mapping("nothing-of-this-name")

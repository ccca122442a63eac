"""Regions under their names in each language."""

import pytest

from vafa.shop.models import Place
from vafa.shop.queries import place_name, recorded_region
from vafa.shop.region_names import NAMES


@pytest.mark.parametrize(
    ("name", "language", "shown"),
    [
        ("سیستان و بلوچستان", "en", "Sistan and Baluchestan"),
        ("Fars", "fa", "فارس"),
        ("تهران", "ar", "طهران"),
        ("Shiraz", "fa", "شیراز"),
        ("Bahia", "fa", "Bahia"),
    ],
)
def test_a_place_is_called_as_its_reader_calls_it(name, language, shown):
    assert place_name(name, language) == shown


def test_every_region_has_a_name_in_each_language():
    assert all(len(line.split("|")) >= 3 and all(line.split("|")) for line in NAMES.strip().splitlines())


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["Razavi Khorasan", "خراسان رضوی", "خراسان الرضوية"])
def test_a_region_is_found_by_any_of_its_names(typed):
    Place.objects.create(code="m", city="مشهد", region="خراسان رضوی")
    assert recorded_region(typed) == "خراسان رضوی"


@pytest.mark.django_db
def test_a_region_to_which_nothing_went_stays_as_it_was_typed():
    assert recorded_region("Fars") == "Fars"

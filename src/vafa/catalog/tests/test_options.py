"""What can be chosen of a product, as the shop's people write it, past the guard."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from vafa.catalog.actions.deciding import let_through, refuse
from vafa.catalog.actions.options import OptionTerms, ValueTerms, forget_option, keep_option, keep_rule
from vafa.catalog.editions import edition_of
from vafa.catalog.models import HeldChange, Option, OptionRule, OptionValue, Product, What
from vafa.catalog.queries.configurations import configured
from vafa.catalog.queries.options import terms_of_option
from vafa.catalog.tests import make
from vafa.catalog.tests.make import AT
from vafa.engine.configuring import Tie
from vafa.kit.problems import Problem
from vafa.shop.actions import save_settings

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)


@pytest.fixture
def bookcase(db) -> Product:
    save_settings(name="Bookshop", default_language="en", languages=["en", "fa"], currency="IRR")
    make.shelves()
    make.a_bookcase()
    return Product.objects.get(code="bookcase")


def said(product: Product, chosen=None):
    product.refresh_from_db()
    return configured(product.configurable, chosen)


def again(option: Option, *values: ValueTerms, needed: bool = False) -> bool:
    terms, seen = OptionTerms(option.name, values, needed), edition_of(terms_of_option(option))
    return keep_option(option.product, terms, option=option, seen=seen, by="sara", at=LATER)[1]


def test_one_look_at_the_product_gives_price_parts_and_days_of_a_choice(bookcase):
    first = said(bookcase)
    assert (first.chosen, first.made["surcharge_minor"]) == ({"o1": "v1", "o2": "v1"}, 0)
    made = said(bookcase, {"o1": "v2", "o2": "v2", "o3": "v1"}).made
    assert (made["surcharge_minor"], made["lead_days"]) == (59_000_000, 6)
    assert made["parts"] == {"hinge": 4, "oak board": 6, "pane": 2}
    assert made["words"] == {
        "option.o1": {"en": "Size: Large"}, "option.o2": {"en": "Wood: Oak"}, "option.o3": {"en": "Doors: Glass"},
    }  # fmt: skip


def test_a_surcharge_with_a_zero_too_many_waits_and_the_old_one_stays(bookcase):
    wood = Option.objects.get(code="o2")
    values = [ValueTerms({"en": "Pine"}, code="v1"), ValueTerms({"en": "Oak"}, 300_000_000, 3, code="v2")]
    assert again(wood, *values, needed=True) is False
    held = HeldChange.objects.get(what=What.OPTION)
    assert (held.subject, held.old["minor"], held.new["minor"]) == ("option:bookcase/o2/v2", 30_000_000, 300_000_000)
    assert [each["code"] for each in held.doubts] == ["tenfold"]
    assert said(bookcase, {"o1": "v1", "o2": "v2"}).made["surcharge_minor"] == 30_000_000
    let_through(held, by="omid", at=LATER)
    assert said(bookcase, {"o1": "v1", "o2": "v2"}).made["surcharge_minor"] == 300_000_000


def test_a_new_value_that_is_doubted_cannot_be_chosen_and_saving_again_gives_it_away_to_nobody(bookcase):
    light = Option.objects.get(code="o4")
    lamp, chandelier = ValueTerms({"en": "Lamp"}, code="v1"), ValueTerms({"en": "Chandelier"}, 95_000_000)
    assert again(light, lamp, chandelier) is False
    assert OptionValue.objects.get(option=light, code="v2").surcharge_minor is None
    assert again(light, lamp, ValueTerms({"en": "Chandelier"}, code="v2")) is True
    assert OptionValue.objects.get(option=light, code="v2").surcharge_minor is None
    assert not said(bookcase, {"o1": "v1", "o2": "v1", "o4": "v2"}).outcome.is_possible
    refuse(HeldChange.objects.get(what=What.OPTION), by="omid", at=LATER)
    assert not said(bookcase, {"o1": "v1", "o2": "v1", "o4": "v2"}).outcome.is_possible


def test_a_decision_about_a_surcharge_that_moved_on_does_nothing(bookcase):
    wood = Option.objects.get(code="o2")
    pine = ValueTerms({"en": "Pine"}, code="v1")
    again(wood, pine, ValueTerms({"en": "Oak"}, 300_000_000, code="v2"), needed=True)
    OptionValue.objects.filter(option=wood, code="v2").update(surcharge_minor=31_000_000)
    with pytest.raises(Problem) as caught:
        let_through(HeldChange.objects.get(what=What.OPTION), by="omid", at=LATER)
    assert caught.value.code == "moved-on"
    assert OptionValue.objects.get(option=wood, code="v2").surcharge_minor == 31_000_000


def test_what_is_chosen_from_the_start_costs_nothing_and_breaks_no_rule(bookcase):
    size, pine = Option.objects.get(code="o1"), OptionValue.objects.get(option__code="o2", code="v1")
    with pytest.raises(Problem) as caught:
        again(size, ValueTerms({"en": "Small"}, 5_000_000, code="v1"), needed=True)
    assert caught.value.code == "first-costs"
    small = size.values.get(code="v1")
    with pytest.raises(Problem) as caught:
        keep_rule(bookcase, small, pine, Tie.EXCLUDES, {}, at=LATER)
    assert caught.value.code == "impossible"
    assert OptionRule.objects.count() == 2


def test_who_saves_what_another_has_changed_meanwhile_is_told(bookcase):
    light = Option.objects.get(code="o4")
    terms = OptionTerms({"en": "Lamp"}, [ValueTerms({"en": "Lamp"}, 4_000_000, code="v1")])
    seen = edition_of(terms_of_option(light))
    keep_option(bookcase, terms, option=light, seen=seen, by="sara", at=LATER)
    with pytest.raises(Problem) as caught:
        keep_option(bookcase, terms, option=light, seen=seen, by="omid", at=LATER)
    assert caught.value.code == "changed-meanwhile"


def test_an_option_that_is_gone_takes_its_rules_with_it(bookcase):
    forget_option(Option.objects.get(code="o2"), at=LATER)
    assert [rule.tie for rule in OptionRule.objects.all()] == ["excludes"]
    assert said(bookcase, {"o1": "v2", "o3": "v1"}).outcome.is_possible
    for option in Option.objects.all():
        forget_option(option, at=LATER)
    bookcase.refresh_from_db()
    assert bookcase.configurable is None


def test_the_database_takes_no_impossible_rule(bookcase):
    rule = OptionRule.objects.get(tie="requires")
    for wrong in (
        {"value": rule.value, "other": rule.value, "tie": "excludes"},
        {"value": rule.value, "other": rule.other, "tie": "excludes"},
        {"value": rule.other, "other": rule.value, "tie": "likes"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            OptionRule.objects.create(**wrong)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ([], "empty"),
        ([ValueTerms({})], "empty"),
        ([ValueTerms({"en": "x"}, -1)], "bad-amount"),
        ([ValueTerms({"en": "x"}, lead_days=400)], "bad-days"),
        ([ValueTerms({"en": "x"}, parts={"board": 0})], "bad-parts"),
        ([ValueTerms({"en": "x"})] * 13, "too-many"),
    ],
)
def test_what_cannot_be_an_option_is_refused(bookcase, values, code):
    with pytest.raises(Problem) as caught:
        keep_option(bookcase, OptionTerms({"en": "Odd"}, values), by="sara", at=LATER)
    assert caught.value.code == code
    assert Option.objects.count() == 4


def test_options_and_rules_are_written_on_their_pages(bookcase, agent_client):
    base = "/catalogue/products/bookcase/options/"
    page = agent_client.get(base).content.decode()
    assert "“Glass” needs “Oak”" in page
    assert "Pine would bend under it." in page
    new = {
        "name.en": "Gift wrap", "many": "2", "v0-name.en": "Paper", "v0-surcharge": "500", "v0-lead_days": "1",
        "v0-parts": "ribbon: 2", "v1-name.en": "",
    }  # fmt: skip
    assert agent_client.post(f"{base}new/", {**new, "v0-parts": "ribbon"}).status_code == 422
    assert agent_client.post(f"{base}new/", {**new, "many": "x"}).status_code == 422
    assert agent_client.post(f"{base}new/", new).status_code == 302
    (paper,) = OptionValue.objects.filter(option__code="o5")
    assert (paper.surcharge_minor, paper.lead_days, paper.parts) == (5_000, 1, {"ribbon": 2})
    rule = {"who": paper.pk, "tie": "excludes", "other": paper.pk, "why.en": "No."}
    assert agent_client.post("/catalogue/products/bookcase/rules/new/", rule).status_code == 422
    glass = OptionValue.objects.get(option__code="o3")
    assert agent_client.post("/catalogue/products/bookcase/rules/new/", {**rule, "other": glass.pk}).status_code == 302
    made = OptionRule.objects.get(value=paper)
    agent_client.post(f"/catalogue/products/bookcase/rules/{made.pk}/forget")
    agent_client.post(f"{base}{paper.option_id}/forget")
    assert (Option.objects.count(), OptionRule.objects.count()) == (4, 2)

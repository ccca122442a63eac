"""The staff's screens of products."""

from __future__ import annotations

import pytest
from django.urls import reverse

from vafa.catalog.models import HeldChange, Product, Stock, Variant
from vafa.catalog.tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _books(db, own_index):
    make.shelves()
    make.book(price=5_600_000, pieces=30, specifications={"binding": {"fa": "سخت", "en": "Hard"}})


def fields_of(page, form="form") -> dict[str, object]:
    """What a browser would send of a form that nobody touched."""
    shown = page.context[form]
    values = {name: shown[name].value() for name in shown.fields}
    return {name: value for name, value in values.items() if value not in (None, False)}


def article_page() -> str:
    return reverse("catalog:article", args=[Variant.objects.get(sku="divan-1").pk])


def test_products_are_found_by_title_code_article_and_shelf(agent_client):
    make.book("golestan", title={"fa": "گلستان", "en": "Rose Garden"}, category="novels")
    Product.objects.filter(code="golestan").update(public=False)
    page = reverse("catalog:products")

    def found(**asked):
        return [line.code for line in agent_client.get(page, asked).context["lines"]]

    assert found() == ["golestan", "divan"]
    assert found(q="گلستان") == found(q="golestan-1") == found(q="golest") == ["golestan"]
    assert found(shelf="poetry") == found(state="public") == ["divan"]
    assert found(shelf="books") == ["golestan", "divan"]
    assert found(state="waiting") == []


def test_a_product_saved_as_it_is_shown_stays_as_it_was(agent_client):
    before, page = Product.objects.values().get(), reverse("catalog:product", args=["divan"])
    assert agent_client.post(page, fields_of(agent_client.get(page))).status_code == 302
    assert Product.objects.values().get() == before


def test_words_are_changed(agent_client):
    page = reverse("catalog:product", args=["divan"])
    said = {**fields_of(agent_client.get(page)), "title.en": "Poems", "lead_days": "۳"}
    assert agent_client.post(page, said).status_code == 302
    product = Product.objects.get()
    assert (product.title["en"], product.title["fa"], product.lead_days) == ("Poems", "دیوان حافظ", 3)


def test_the_later_of_two_is_told_and_saves_over_it_only_knowingly(agent_client, owner_client):
    page = reverse("catalog:product", args=["divan"])
    first, second = fields_of(agent_client.get(page)), fields_of(owner_client.get(page))
    agent_client.post(page, {**first, "title.en": "Poems"})
    told = owner_client.post(page, {**second, "title.en": "Verses"})
    assert (told.status_code, Product.objects.get().title["en"]) == (409, "Poems")
    assert told.context["form"].differences() == [("Title (English)", "Poems", "Verses")]
    assert owner_client.post(page, fields_of(told)).status_code == 302
    assert Product.objects.get().title["en"] == "Verses"


def test_a_price_typed_with_a_zero_too_many_waits_and_is_let_through_there(agent_client):
    page = article_page()
    said = {**fields_of(agent_client.get(page)), "price": "5600000"}
    agent_client.post(page, said)
    held = HeldChange.objects.get()
    assert (held.made_by, held.new["minor"], Variant.objects.get().price.amount_minor) == (
        "bita",
        56_000_000,
        5_600_000,
    )
    decide = reverse("catalog:decide", args=[held.public_id])
    assert agent_client.post(decide, {"answer": "let-through", "next": page})["Location"] == page
    assert Variant.objects.get().price.amount_minor == 56_000_000


def test_the_queue_answers_its_script_without_a_page(agent_client):
    page = article_page()
    agent_client.post(page, {**fields_of(agent_client.get(page)), "price": "56"})
    decide = reverse("catalog:decide", args=[HeldChange.objects.get().public_id])
    answers = [agent_client.post(decide, {"answer": "refuse"}, headers={"HX-Request": "true"}) for _twice in range(2)]
    assert [each.status_code for each in answers] == [204, 409]


def test_a_price_of_nothing_is_refused_at_its_field(agent_client):
    page = article_page()
    answer = agent_client.post(page, {**fields_of(agent_client.get(page)), "price": "0"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["price"])
    assert Variant.objects.get().price.version == 1


def test_a_count_is_saved_unless_somebody_counted_meanwhile(agent_client):
    page = article_page()
    said = fields_of(agent_client.get(page), "stock_form")
    there = page + "stock/"
    assert agent_client.post(there, {**said, "pieces0": "۲۵"}).status_code == 302
    assert Stock.objects.get().on_hand == 25
    assert agent_client.post(there, {**said, "pieces0": "20"}).status_code == 409
    assert Stock.objects.get().on_hand == 25


def test_a_new_product_gets_its_article(agent_client):
    page = reverse("catalog:new-product")
    said = {**fields_of(agent_client.get(page)), "code": "masnavi", "title.fa": "مثنوی"}
    said["category"] = Product.objects.get().category_id
    there = agent_client.post(page, said)["Location"]
    answer = agent_client.post(there, {**fields_of(agent_client.get(there)), "sku": "m-1", "price": "700000"})
    variant = Variant.objects.get(sku="m-1")
    assert answer["Location"] == reverse("catalog:article", args=[variant.pk])
    assert (variant.product.code, variant.price.amount_minor, variant.price.made_by) == ("masnavi", 7_000_000, "bita")


def test_a_code_or_number_that_is_taken_is_refused_at_its_field(agent_client):
    page = reverse("catalog:new-product")
    said = {"code": "divan", "title.fa": "د", "category": Product.objects.get().category_id, "lead_days": "0"}
    assert list(agent_client.post(page, said).context["form"].errors) == ["code"]
    page = reverse("catalog:new-article", args=["divan"])
    assert list(agent_client.post(page, {"sku": "divan-1"}).context["form"].errors) == ["sku"]
    assert (Product.objects.count(), Variant.objects.count()) == (1, 1)

"""Pages about the shop: live data and the owner's words."""

from __future__ import annotations

import pytest
from django.urls import reverse

from vafa.delivery.models import DeliveryOption
from vafa.shop.actions import save_page_texts
from vafa.shop.models import InfoPage, PageText
from vafa.shop.queries import page_text

pytestmark = pytest.mark.django_db
PAGES = {page: f"/shop/info/{page}/" for page in InfoPage.values}


@pytest.mark.parametrize("page", InfoPage.values)
def test_every_page_stands_before_anything_was_written(client, page):
    assert client.get(PAGES[page]).status_code == 200


def test_a_page_that_is_none_is_not_found(client):
    assert client.get("/shop/info/nonsense/").status_code == 404


def test_the_page_of_delivery_tells_the_options_with_their_prices(client):
    DeliveryOption.objects.create(code="post", name={"en": "Post"}, price_minor=450_000, free_from_minor=30_000_000)
    html = client.get(PAGES["delivery"], headers={"accept-language": "en"}).content.decode()
    assert "Post" in html
    assert "45,000\xa0toman" in html
    assert "free from 3,000,000\xa0toman" in html


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ([0, 1, 2, 3, 4, 5, 6], '<td data-label="Delivered on">every day</td>'),
        ([0, 1, 2, 3, 5, 6], "every day but Friday"),
        ([1, 6], "Tuesday, Sunday"),
    ],
)
def test_the_page_of_delivery_tells_on_which_days_it_comes(client, days, said):
    DeliveryOption.objects.create(code="post", name={"en": "Post"}, delivery_weekdays=days)
    assert said in client.get(PAGES["delivery"], headers={"accept-language": "en"}).content.decode()


def test_the_words_of_the_owner_are_shown_in_the_readers_language_else_the_shops():
    save_page_texts(InfoPage.TERMS, {"fa": "قرارها", "en": "Rules", "ar": " "})
    assert page_text("terms", "en") == ("Rules", "en")
    assert page_text("terms", "ar") == ("قرارها", "fa")
    assert page_text("contact", "en") == ("", "en")


def test_words_are_text_and_never_markup(client):
    save_page_texts(InfoPage.CONTACT, {"en": "<script>x</script>\n\nCall us"})
    html = client.get(PAGES["contact"], headers={"accept-language": "en"}).content.decode()
    assert "<script>x" not in html
    assert "<p>Call us</p>" in html


def test_the_owner_writes_and_takes_away(owner_client):
    address = reverse("shop:page-text", args=["contact"])
    owner_client.post(address, {"words_en": "Call us", "words_fa": "", "words_ar": ""})
    assert page_text("contact", "en") == ("Call us", "en")
    owner_client.post(address, {"words_en": "", "words_fa": "", "words_ar": ""})
    assert not PageText.objects.exists()

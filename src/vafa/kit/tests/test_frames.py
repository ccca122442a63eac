"""The frame of every page, and the pages that stand when nothing else does."""

import pytest
from django.apps import apps
from django.test import Client, RequestFactory
from django.utils import translation

from vafa.kit import errors

DIRECTIONS = {"fa": "rtl", "ar": "rtl", "en": "ltr"}


@pytest.mark.parametrize("language", DIRECTIONS)
def test_language_and_direction_of_the_page(owner_client, language):
    owner_client.cookies["django_language"] = language
    html = owner_client.get("/components/").content.decode()
    assert f'<html lang="{language}" dir="{DIRECTIONS[language]}">' in html


def test_the_language_is_switched_by_a_plain_form(owner_client):
    owner_client.post("/i18n/setlang/", {"language": "ar", "next": "/components/"})
    assert 'lang="ar" dir="rtl"' in owner_client.get("/components/").content.decode()


def test_strangers_do_not_see_the_components(client, db):
    assert client.get("/components/").status_code == 404
    assert client.get("/components/faults/500/").status_code == 404


def test_an_unknown_fault_is_not_found(owner_client):
    assert owner_client.get("/components/faults/418/").status_code == 404


def test_a_simulated_shop_says_so_on_every_page(owner_client):
    sentence = "Simulated shop: every order here is invented."
    owner_client.cookies["django_language"] = "en"
    assert sentence not in owner_client.get("/components/").content.decode()
    apps.get_model("shop", "Shop").objects.update_or_create(pk=1, defaults={"simulated": True})
    assert sentence in owner_client.get("/components/").content.decode()


def test_the_page_names_no_other_host_and_no_inline_code(owner_client):
    html = owner_client.get("/components/").content.decode()
    assert "style=" not in html
    assert "<script>" not in html
    assert "onclick" not in html
    hosts = html.replace("http://www.w3.org/2000/svg", "").replace('{"X-CSRFToken"', "")
    assert "http://" not in hosts
    assert "https://" not in hosts


@pytest.mark.parametrize("name", errors.FAULTS)
@pytest.mark.parametrize("language", DIRECTIONS)
def test_error_pages_ask_no_database(name, language):
    request = RequestFactory().get("/x", HTTP_ACCEPT="text/html")
    with translation.override(language):
        answer = errors.answer(request, errors.FAULTS[name])
    assert answer.status_code == errors.FAULTS[name].status
    assert f'dir="{DIRECTIONS[language]}"' in answer.content.decode()


def test_programs_get_json():
    answer = errors.not_found(RequestFactory().get("/api/v1/nothing", HTTP_ACCEPT="*/*"))
    assert answer.headers["Content-Type"] == "application/json"
    assert b'"code": "not-found"' in answer.content


def test_a_form_without_its_token_is_refused_with_a_page(db):
    answer = Client(enforce_csrf_checks=True).post("/i18n/setlang/", {"language": "fa"}, HTTP_ACCEPT="text/html")
    assert answer.status_code == 403
    assert "form-expired" in answer.content.decode()


def test_an_address_without_a_page(client, db):
    answer = client.get("/no/such/page", HTTP_ACCEPT="text/html")
    assert answer.status_code == 404
    assert "not-found" in answer.content.decode()

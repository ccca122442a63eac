"""A form that is sent twice does its work once, and whoever sends it second is led where the first one led."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from vafa.accounts.actions import forget_old_visits
from vafa.accounts.models import ApiToken, SentForm, User
from vafa.accounts.queries import token_for
from vafa.agreements import actions as agreements
from vafa.agreements.models import Maintenance
from vafa.kit import clock
from vafa.kit.clock import real_now
from vafa.kit.tests.together import at_once

UPTIME, ANNOUNCE = reverse("agreements:uptime"), reverse("agreements:maintenance")
SAID = {"begins_on": "2030-01-01", "begins_at": "10:00", "ends_on": "2030-01-01", "ends_at": "12:00", "note": "disk"}
TOKENS, KEY = reverse("accounts:tokens"), re.compile(r'value="(vafa_\w+)"')
pytestmark = pytest.mark.django_db(transaction=True)


def signed_in(person: User) -> Client:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(person)
    return browser


def drawn(browser: Client, address: str = ANNOUNCE) -> dict[str, str]:
    """The field by which the page that is drawn now can be told from every other."""
    page = browser.get(address).content.decode()
    return {"csrfmiddlewaretoken": re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[-1]}


def test_a_form_sent_twice_makes_one_thing_and_leads_twice_to_the_same_page(owner):
    browser = signed_in(owner)
    form = {**drawn(browser), **SAID}
    answers = [browser.post(ANNOUNCE, form) for _ in range(2)]
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, UPTIME)] * 2
    assert Maintenance.objects.count() == 1
    assert "This had been sent already" in browser.get(UPTIME).content.decode()


def test_the_same_words_on_a_page_drawn_anew_are_meant(owner):
    browser = signed_in(owner)
    for _ in range(2):
        browser.post(ANNOUNCE, {**drawn(browser), **SAID})
    assert Maintenance.objects.count() == 2


def test_what_was_changed_on_a_page_gone_back_to_is_meant(owner):
    browser = signed_in(owner)
    page = drawn(browser)
    for note in ("disk", "disk and network"):
        browser.post(ANNOUNCE, {**page, **SAID, "note": note})
    assert sorted(Maintenance.objects.values_list("note", flat=True)) == ["disk", "disk and network"]


def test_what_was_refused_may_be_sent_again(owner):
    browser = signed_in(owner)
    form = {**drawn(browser), **SAID, "ends_on": "2029-01-01"}
    assert [browser.post(ANNOUNCE, form).status_code for _ in range(2)] == [422, 422]
    assert (Maintenance.objects.count(), SentForm.objects.count()) == (0, 0)


def test_a_switch_pressed_twice_is_pressed_once(owner):
    probe = agreements.add_probe("home", "http://127.0.0.1:8000/", timeout_seconds=5, at=clock.now())
    browser = signed_in(owner)
    page = drawn(browser, reverse("agreements:probe", args=[probe.pk]))
    for _ in range(2):
        assert browser.post(reverse("agreements:switch-probe", args=[probe.pk]), page).status_code == 302
    probe.refresh_from_db()
    assert not probe.active


def test_the_form_of_one_is_not_that_of_another(owner):
    other = User.objects.create(username="dana", role="owner", password="!")
    page = drawn(signed_in(owner))
    for person in (owner, other):
        browser = signed_in(person)
        browser.cookies["csrftoken"] = page["csrfmiddlewaretoken"]  # as if she could use his page
        browser.post(ANNOUNCE, {**page, **SAID})
    assert Maintenance.objects.count() == 2


def test_after_a_fault_nothing_stays_and_the_form_may_be_sent_again(owner, monkeypatch):
    def after_half_of_it(**said):
        announce(**said)
        raise RuntimeError("the plug")

    announce = agreements.announce_maintenance
    browser = signed_in(owner)
    browser.raise_request_exception = False
    form = {**drawn(browser), **SAID}
    with monkeypatch.context() as patched:
        patched.setattr(agreements, "announce_maintenance", after_half_of_it)
        assert browser.post(ANNOUNCE, form).status_code == 500
    assert (Maintenance.objects.count(), SentForm.objects.count()) == (0, 0)
    assert browser.post(ANNOUNCE, form).status_code == 302
    assert Maintenance.objects.count() == 1


def test_four_equal_forms_at_the_same_moment_make_one_thing(owner):
    browser = signed_in(owner)
    form = {**drawn(browser), **SAID}

    def send(_number: int) -> tuple[int, str]:
        again = Client(enforce_csrf_checks=True)
        again.cookies = browser.cookies
        try:
            answer = again.post(ANNOUNCE, form)
            return answer.status_code, answer["Location"]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(send, range(4)))
    assert answers == [(302, UPTIME)] * 4
    assert (Maintenance.objects.count(), SentForm.objects.count()) == (1, 1)


def test_a_token_asked_for_twice_at_the_same_moment_is_one_and_its_key_is_shown_to_both(owner):
    browser = signed_in(owner)
    form = {**drawn(browser, TOKENS), "name": "website", "scopes": ["quotes:read"], "days": "365"}

    def send() -> str:
        again = Client(enforce_csrf_checks=True)
        again.cookies = browser.cookies
        return KEY.findall(again.post(TOKENS, form).content.decode())[0]

    one, other = at_once(send, send)
    assert one == other
    assert token_for(one) == ApiToken.objects.get()
    assert browser.post(TOKENS, {**form, **drawn(browser, TOKENS)}).status_code == 200
    assert ApiToken.objects.count() == 2  # a page drawn anew is meant
    ApiToken.objects.update(revoked_at=real_now())
    late = browser.post(TOKENS, form)
    assert (late.status_code, KEY.findall(late.content.decode())) == (422, [])


def test_nothing_is_read_of_a_body_that_is_too_large(owner):
    class Untouched:
        def read(self, *_size):
            raise AssertionError("read")

        readline = read

    sent = {"wsgi.input": Untouched(), "CONTENT_LENGTH": str(10**12), "CONTENT_TYPE": "multipart/form-data; boundary=x"}
    assert signed_in(owner).generic("POST", reverse("connectors:import"), **sent).status_code == 413


def test_what_was_sent_is_forgotten_after_a_day(owner):
    browser = signed_in(owner)
    browser.post(ANNOUNCE, {**drawn(browser), **SAID})
    assert forget_old_visits(at=real_now() + timedelta(hours=23)) == 0
    assert forget_old_visits(at=real_now() + timedelta(hours=25)) == 1
    assert not SentForm.objects.exists()

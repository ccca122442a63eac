"""What people do on the pages of staff, settings and work, in a real browser."""

from __future__ import annotations

import pytest
from django.urls import reverse

from vafa.accounts.actions import add_staff, welcome_word
from vafa.jobs import actions
from vafa.jobs.tests.make import MINUTE
from vafa.shop.queries import stated_times, the_shop

PASSWORD = "a river of ink 41"


def a_running_job():
    actions.enqueue("delivery.fit", arguments={})
    job = actions.claim("w", MINUTE)
    actions.report(job, 0.4, "12,000 of 30,000 orders")
    return job


@pytest.mark.parametrize("path", ["/sign-in/", "welcome"])
def test_the_pages_before_signing_in_are_right_for_everyone(look, transactional_db, path):
    look(reverse("accounts:welcome", args=[welcome_word()]) if path == "welcome" else path, name=path.strip("/"))


def test_the_page_of_a_job_is_right_for_everyone(look, owner):
    look(reverse("jobs:job", args=[a_running_job().public_id]), user=owner, name="work-running")


def test_signing_in_works_without_scripts(visit, transactional_db):
    add_staff("cyrus", role="agent", password=PASSWORD)
    page = visit("/work/", scripts=False)
    page.get_by_label("Name").fill("cyrus")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    assert page.url.endswith("/work/")


def test_progress_moves_by_itself_until_the_job_is_over(visit, owner):
    job = a_running_job()
    page = visit(reverse("jobs:job", args=[job.public_id]), user=owner)
    page.get_by_text("12,000 of 30,000 orders").wait_for()
    actions.report(job, 0.8, "24,000 of 30,000 orders")
    page.get_by_text("24,000 of 30,000 orders").wait_for()
    actions.finish(job, {"url": "/settings/"})
    page.get_by_role("link", name="See the result").click()
    assert page.url.endswith("/settings/")
    assert page.faults == []


def test_the_first_owner_is_welcomed_without_scripts(visit, transactional_db):
    page = visit(reverse("accounts:welcome", args=[welcome_word()]), scripts=False)
    page.get_by_label("Name for signing in").fill("aram")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password again").fill(PASSWORD)
    page.get_by_role("button", name="Begin").click()
    assert page.url.endswith("/first-steps/shop/")


def test_settings_are_saved_without_scripts_and_say_what_is_wrong(visit, owner):
    page = visit("/settings/", user=owner, scripts=False)
    page.get_by_label("Name of the shop").fill("Ketab")
    page.get_by_label("Time zone").fill("Atlantis/Capital")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("This is not a time zone.").wait_for()
    page.get_by_label("Time zone").fill("Asia/Baghdad")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved.").wait_for()
    assert the_shop().zone == "Asia/Baghdad"


def test_a_stated_time_is_added_in_persian_without_scripts(visit, owner):
    page = visit("/settings/stated-times/", user=owner, language="fa", scripts=False)
    page.locator("[name=row-0-place]").fill("شیراز")
    page.locator("[name=row-0-days]").fill("۴")
    page.locator("main form .actions button").click()
    page.wait_for_load_state()
    assert [(row.place, row.days) for row in stated_times()] == [("شیراز", 4)]


def test_the_key_of_a_new_token_is_copied(visit, owner):
    page = visit("/tokens/", user=owner)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_label("Name").fill("website")
    page.get_by_label("Ask for delivery dates").check()
    page.get_by_role("button", name="Issue").click()
    page.get_by_role("button", name="Copy").click()
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.get_by_label("Key").input_value()
    assert page.faults == []

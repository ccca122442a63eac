"""The owner's pages of sources: added, given a secret, watched, cleaned up."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from vafa.connectors.actions.inbox import receive
from vafa.connectors.actions.sources import add_source, set_secret
from vafa.connectors.models import InboxItem, InboxState, Through, TrackingSource
from vafa.connectors.queries.tracking import quarantined
from vafa.connectors.tests.carrier import TASKS, a_source, an_order, headers_of, post, told
from vafa.jobs.doing import do_all
from vafa.jobs.models import Job
from vafa.kit.signing import unlock

pytestmark = pytest.mark.django_db
SHOWN = re.compile(r'<code dir="ltr" class="break-all">([\w-]{43,64})</code>')


@pytest.fixture(autouse=True)
def _home(settings, tmp_path):
    settings.HOME = tmp_path


def text_of(answer) -> str:
    return answer.content.decode()


def test_a_source_is_added_and_a_fresh_secret_shown_on_one_page_only(owner_client, client):
    assert "No source yet" in text_of(owner_client.get("/sources/"))
    answer = owner_client.post("/sources/new", {"form": "signed", "code": "mine", "asks": ""})
    assert answer.headers["Location"] == "/sources/mine/"
    shown = text_of(owner_client.post("/sources/mine/secret", {"secret": ""}))
    [secret] = SHOWN.findall(shown)
    assert secret not in text_of(owner_client.get("/sources/mine/"))
    source = TrackingSource.objects.get()
    assert unlock("connectors.tracking", source.locked) == secret
    assert post(client, source, told(), headers=headers_of("signed", told(), secret=secret)).status_code == 202


def test_a_fresh_secret_asked_for_twice_is_one_and_the_one_before_stays_good(owner):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(owner)
    source = add_source(form="signed", code="mine")
    before = set_secret(source)
    page = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', text_of(browser.get("/sources/mine/")))[-1]
    form = {"secret": "", "csrfmiddlewaretoken": page}
    one, other = (SHOWN.findall(text_of(browser.post("/sources/mine/secret", form))) for _twice in range(2))
    assert one == other != []
    source.refresh_from_db()
    assert [unlock("connectors.tracking", each) for each in (source.locked, source.locked_before)] == [*one, before]


def test_the_secret_of_a_carrier_is_set_and_a_short_one_refused(owner_client):
    source = a_source("aftership")
    assert owner_client.post("/sources/aftership/secret", {"secret": "short"}).status_code == 422
    assert owner_client.post("/sources/aftership/secret", {"secret": "the secret of aftership"}).status_code == 302
    source.refresh_from_db()
    assert source.locked_before
    owner_client.post("/sources/aftership/change", {"what": "end-old-secret"})
    source.refresh_from_db()
    assert source.locked_before == ""


@pytest.mark.parametrize("form", [{"form": "signed", "code": "A B"}, {"form": "pigeon", "code": "p"}])
def test_nonsense_is_refused_and_nothing_added(owner_client, form):
    assert owner_client.post("/sources/new", form).status_code == 422
    assert TrackingSource.objects.count() == 0


def test_what_was_not_understood_is_shown_covered_tried_again_and_dropped(owner_client):
    an_order()
    source = a_source()
    body = told("<b>asleep</b>", receiver_name="Sara Person", phone="09121234567")
    receive(source, body, through=Through.WEBHOOK)
    do_all(TASKS)
    page = text_of(owner_client.get("/sources/signed/"))
    assert "&lt;b&gt;asleep&lt;/b&gt;" in page
    number = quarantined().get().pk
    raw = text_of(owner_client.get(f"/sources/signed/{number}/"))
    assert "Sara" not in raw
    assert "<b>asleep" not in raw
    owner_client.post(f"/sources/signed/{number}/end", {"what": "retry"})
    assert InboxItem.objects.get().state == InboxState.QUARANTINED
    owner_client.post(f"/sources/signed/{number}/end", {"what": "drop"})
    assert InboxItem.objects.get().state == InboxState.DROPPED
    assert owner_client.post(f"/sources/signed/{number}/end", {"what": "drop"}).status_code == 409


def test_a_replay_is_work_for_a_worker(owner_client):
    a_source()
    answer = owner_client.post("/sources/signed/change", {"what": "replay"})
    assert answer.headers["Location"] == f"/work/{Job.objects.get().public_id}/"
    assert owner_client.post("/sources/signed/change", {"what": "nonsense"}).status_code == 400


def test_agents_see_sources_but_neither_raw_messages_nor_secrets(agent_client):
    source = a_source()
    receive(source, b"{", through=Through.WEBHOOK)
    do_all(TASKS)
    number = quarantined().get().pk
    assert agent_client.get("/sources/").status_code == 200
    page = text_of(agent_client.get("/sources/signed/"))
    assert f"/sources/signed/{number}/" not in page
    assert "Set the secret" not in page
    assert agent_client.get(f"/sources/signed/{number}/").status_code == 403
    for address in ("new", "signed/secret", "signed/change", f"signed/{number}/end"):
        assert agent_client.post(f"/sources/{address}", {"what": "off"}).status_code == 403
    assert TrackingSource.objects.get().enabled


def test_what_is_not_there_is_not_found(owner_client, client):
    a_source()
    for address in ("nobody/", "signed/77/"):
        assert owner_client.get(f"/sources/{address}").status_code == 404
    assert client.get("/sources/").status_code == 302


def test_the_list_costs_the_same_queries_however_many_sources(owner_client, django_assert_max_num_queries):
    for number in range(12):
        a_source(code=f"s{number}")
    with django_assert_max_num_queries(7):
        owner_client.get("/sources/")

import json
import re
import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext, override

from vafa.kit import clock
from vafa.promises import names
from vafa.promises.actions import break_overdue, import_promises, revise_promise, seal, settle_promise
from vafa.promises.models import Promise, PromiseEvent
from vafa.promises.queries import events_of, proof_of, receipt_of
from vafa.promises.receipts import receipt_file
from vafa.promises.tests.make import DAY, DUE, a_promise, historic, tehran

pytestmark = pytest.mark.django_db
MINUTES = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _on_the_third_of_march(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: tehran(3, 18))


def shown(client, address, status=200, **data):
    answer = client.post(address, data) if data else client.get(address)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def history(count):
    import_promises(
        [historic(number, region=f"R{number % 3}", fulfilled_at=tehran(2 + number % 3)) for number in range(count)],
        at=tehran(3),
    )


# --- the staff's


def test_strangers_are_sent_to_the_sign_in_page(client):
    assert "sign-in" in client.get("/promises/")["Location"]


def test_an_empty_ledger_says_what_to_do(owner_client):
    assert "No promise has been made yet" in shown(owner_client, "/promises/")


def test_the_ledger_shows_the_headline_three_against_both_dates(agent_client, monkeypatch):
    moved = revise_promise(a_promise(1), asked_by="shop", due_on=DUE + DAY, at=tehran(2))
    settle_promise(moved, fulfilled_at=tehran(3), at=tehran(3))
    late = revise_promise(a_promise(2, due_on=DUE - 2 * DAY), asked_by="shop", due_on=DUE, at=tehran(2))
    settle_promise(late, fulfilled_at=tehran(3), at=tehran(3))
    monkeypatch.setattr(clock, "now", lambda: tehran(9))
    page = shown(agent_client, "/promises/?period=all")
    assert "50.0%" in page
    assert "100.0% by their last date" in page


def test_the_list_costs_the_same_for_one_and_for_many(agent_client, django_assert_max_num_queries):
    history(1)
    with django_assert_max_num_queries(12) as few:
        shown(agent_client, "/promises/?period=all")
    history(60)
    with django_assert_max_num_queries(12) as many:
        shown(agent_client, "/promises/?period=all")
    assert len(many) == len(few)


def test_the_list_is_cut_into_pages(agent_client):
    history(60)
    assert "?period=all&amp;page=2" in shown(agent_client, "/promises/?period=all")
    assert "page=4" not in shown(agent_client, "/promises/?period=all&page=3")


def test_a_promise_is_found_by_its_order(agent_client):
    history(5)
    page = shown(agent_client, "/promises/?order=A-3")
    assert ("<bdi>A-3</bdi>" in page, "<bdi>A-4</bdi>" in page) == (True, False)


@pytest.mark.parametrize("query", ["state=lost", "period=9", "page=x", "page=-1", "region=%00", "order=" + "x" * 99])
def test_nonsense_filters_do_no_harm(agent_client, query):
    history(3)
    shown(agent_client, f"/promises/?{query}")


def test_the_page_of_a_promise_shows_its_chain_and_its_entries(agent_client):
    promise = a_promise()
    revise_promise(promise, asked_by="customer", due_on=DUE + DAY, at=tehran(2))
    page = shown(agent_client, promise.get_absolute_url())
    assert "How the date moved" in page
    assert "The customer asked for a new date" in page


def test_the_staff_write_down_a_delivery(agent_client):
    promise = a_promise()
    answer = agent_client.post(f"{promise.get_absolute_url()}outcome", {"fulfilled_on": "2026-03-02"})
    promise.refresh_from_db()
    assert (answer.status_code, promise.state, promise.margin_days) == (302, "kept", 2)


def test_a_delivery_of_which_only_the_day_is_known_is_shown_without_a_time(agent_client):
    promise = a_promise()
    agent_client.post(f"{promise.get_absolute_url()}outcome", {"fulfilled_on": "2026-03-02"})
    promise.refresh_from_db()
    assert (promise.fulfilled_at, promise.events.last().evidence["known_to"]) == (tehran(2, 23) + MINUTES * 59, "day")
    assert "23:59" not in shown(agent_client, promise.get_absolute_url())
    assert "23:59" not in shown(agent_client, f"/receipt/{promise.public_id}/")


def test_a_delivery_is_written_down_with_its_time_where_it_is_known(agent_client):
    promise = a_promise()
    agent_client.post(f"{promise.get_absolute_url()}outcome", {"fulfilled_on": "2026-03-02", "time": "۱۶:۴۵"})
    promise.refresh_from_db()
    assert promise.fulfilled_at == tehran(2, 16) + MINUTES * 45
    assert "known_to" not in promise.events.last().evidence
    assert "16:45" in shown(agent_client, promise.get_absolute_url())


@pytest.mark.parametrize(("time", "told"), [("19:00", "This has not happened yet."), ("25:00", "Write a time of day")])
def test_a_time_that_cannot_be_is_refused(agent_client, time, told):
    promise = a_promise()
    page = shown(agent_client, f"{promise.get_absolute_url()}outcome", 422, fulfilled_on="2026-03-03", time=time)
    promise.refresh_from_db()
    assert (told in page, promise.state, promise.events.count()) == (True, "open", 1)


def test_the_receipt_of_a_day_that_has_passed_does_not_say_it_is_coming(client):
    promise = a_promise(due_on=DUE - 2 * DAY)
    page = shown(client, f"/receipt/{promise.public_id}/")
    assert ("With you by</p>" in page, "Promised for</p>" in page) == (False, True)


@pytest.mark.parametrize("day", ["2026-03-09", "2025-01-01", "yesterday", "0001-01-01", "9999-12-31", ""])
def test_a_delivery_on_an_impossible_day_is_refused_beside_the_field(agent_client, day):
    promise = a_promise()
    page = shown(agent_client, f"{promise.get_absolute_url()}outcome", 422, fulfilled_on=day, reference="")
    promise.refresh_from_db()
    assert ("errorlist" in page, promise.state, promise.events.count()) == (True, "open", 1)


def test_the_staff_promise_a_new_date(agent_client):
    promise = a_promise()
    sent = {"due_on": "2026-03-07", "asked_by": "shop"}
    answer = agent_client.post(f"{promise.get_absolute_url()}revision", sent)
    promise.refresh_from_db()
    assert (answer.status_code, promise.state, str(promise.replaced_by.due_on)) == (302, "revised", "2026-03-07")


def test_a_date_that_has_passed_is_not_moved(agent_client):
    promise = a_promise(due_on=DUE - 2 * DAY)
    sent = {"due_on": "2026-03-07", "asked_by": "shop"}
    page = shown(agent_client, f"{promise.get_absolute_url()}revision", 422, **sent)
    assert ("cannot be moved" in page, Promise.objects.count()) == (True, 1)


def test_the_staff_cancel_a_promise_once(agent_client):
    promise = a_promise()
    for _ in range(2):
        assert agent_client.post(f"{promise.get_absolute_url()}cancellation").status_code == 302
    assert PromiseEvent.objects.filter(step=1, kind="cancelled").count() == 1


@pytest.mark.parametrize("what", ["outcome", "revision", "retraction", "restoration", "cancellation"])
def test_strangers_write_nothing(client, what):
    promise = a_promise()
    sent = {"fulfilled_on": "2026-03-02", "due_on": "2026-03-07", "asked_by": "shop"}
    answer = client.post(f"{promise.get_absolute_url()}{what}", sent)
    assert (answer.status_code, promise.events.count()) == (302, 1)


def test_the_staff_take_a_wrong_delivery_back_with_a_reason(agent_client):
    promise = settle_promise(a_promise(), fulfilled_at=tehran(2), at=tehran(2))
    page = shown(agent_client, f"{promise.get_absolute_url()}retraction", 422, reason="")
    assert "errorlist" in page
    answer = agent_client.post(f"{promise.get_absolute_url()}retraction", {"reason": "another parcel"})
    promise.refresh_from_db()
    assert (answer.status_code, promise.state, promise.fulfilled_at) == (302, "open", None)
    assert promise.events.get(step=2).evidence["reason"] == "another parcel"


def test_the_staff_let_a_delivery_count_again_that_was_taken_back_wrongly(agent_client):
    moment = tehran(2).replace(second=7, microsecond=123456)
    promise = settle_promise(a_promise(), fulfilled_at=moment, at=tehran(3))
    agent_client.post(f"{promise.get_absolute_url()}retraction", {"reason": "another parcel"})
    page = shown(agent_client, promise.get_absolute_url())
    sent = {"moment": re.search(r'name="moment" value="([^"]+)"', page)[1], "reason": ""}
    assert "errorlist" in shown(agent_client, f"{promise.get_absolute_url()}restoration", 422, **sent)
    answer = agent_client.post(f"{promise.get_absolute_url()}restoration", {**sent, "reason": "the carrier says so"})
    promise.refresh_from_db()
    assert (answer.status_code, promise.state, promise.fulfilled_at) == (302, "kept", moment)
    assert 'name="moment"' not in shown(agent_client, promise.get_absolute_url())


@pytest.mark.parametrize("code", ["fa", "ar", "en"])
def test_an_overdue_promise_is_called_so_by_everybody(agent_client, client, monkeypatch, code):
    promise = a_promise()
    monkeypatch.setattr(clock, "now", lambda: tehran(5, 12))
    with override(code):
        word, opened = gettext("overdue"), gettext("open")
    for browser, path in [
        (agent_client, promise.get_absolute_url()),
        (agent_client, "/promises/?order=A-1"),
        (client, f"/receipt/{promise.public_id}/"),
    ]:
        page = browser.get(path, headers={"Accept-Language": code}).content.decode()
        badges = [
            re.sub("<[^>]*>", "", each).strip() for each in re.findall(r'<span class="badge.*?</span>', page, re.DOTALL)
        ]
        assert word in badges
        assert opened not in badges


def test_a_promise_shows_names_and_not_codes(agent_client, monkeypatch):
    monkeypatch.setattr(names, "_lookups", [lambda code: {"s7": "Ketab-e Now"}.get(code, "")])
    page = shown(agent_client, a_promise(seller="s7", channel="checkout").get_absolute_url())
    assert "Ketab-e Now" in page
    assert "the checkout" in page
    unknown = shown(agent_client, a_promise(2, seller="s8", channel="kiosk-4").get_absolute_url())
    assert "<bdi>s8</bdi>" in unknown
    assert "<bdi>kiosk-4</bdi>" in unknown


# --- everybody's


def test_a_customer_sees_the_receipt_without_signing_in(client, django_assert_max_num_queries):
    promise = a_promise()
    with django_assert_max_num_queries(5):
        page = shown(client, f"/receipt/{promise.public_id}/")
    assert "90 of 100" in page
    assert "C-1" not in page


def test_an_unknown_receipt_is_a_404(client):
    shown(client, f"/receipt/{uuid.uuid4()}/", 404)


def test_the_receipt_file_is_genuine(client):
    file = shown(client, f"/receipt/{a_promise().public_id}/receipt.json")
    page = shown(client, "/verify", text=file)
    assert "The signature is the shop" in page
    assert "Wednesday 4 March 2026" in page
    assert "Genuine" in shown(client, "/verify", file=SimpleUploadedFile("r.json", file.encode()))


def test_a_changed_receipt_is_shown_as_not_genuine(client):
    file = receipt_file(receipt_of(a_promise()))
    file["receipt"]["due_on"] = "2026-03-01"
    assert "Not genuine" in shown(client, "/verify", text=json.dumps(file))


def test_a_genuine_receipt_outlives_a_changed_ledger(client):
    promise = a_promise()
    file = json.dumps(receipt_file(receipt_of(promise)))
    Promise.objects.update(due_on=DUE + 9 * DAY)
    assert "ledger says something else" in shown(client, "/verify", text=file)


def test_verifying_nothing_asks_for_a_receipt(client):
    assert "Paste a receipt, choose its file or type the number." in shown(client, "/verify", 422, text="")


def test_verifying_shows_what_became_of_the_promise(client):
    promise = a_promise(due_on=DUE - DAY)
    break_overdue(tehran(8))
    assert "Broken: it did not come in time" in shown(client, "/verify", promise=str(promise.public_id))


@pytest.mark.parametrize(
    "sent",
    [{"text": "nonsense"}, {"text": "{}"}, {"text": '{"receipt": "\\ud800"}'}, {"promise": "7"}, {"text": "[" * 9999}],
)
def test_what_is_no_receipt_is_refused_beside_the_form(client, sent):
    assert "errorlist" in shown(client, "/verify", 422, **sent)


def test_an_imported_promise_is_signed_when_its_holder_asks(client):
    import_promises([historic(1, fulfilled_at=tehran(2))], at=tehran(3))
    address = f"/receipt/{Promise.objects.get().public_id}/"
    assert "has no signed receipt yet" in shown(client, address)
    assert client.post(f"{address}issue").status_code == 302
    assert "recorded afterwards" in shown(client, address)
    assert json.loads(shown(client, f"{address}receipt.json"))["receipt"]["afterwards"] is True


def test_an_entry_is_proved_after_the_night(client):
    promise = a_promise()
    assert client.get(f"/receipt/{promise.public_id}/proof-0.json").status_code == 409
    seal(tehran(3))
    file = shown(client, f"/receipt/{promise.public_id}/proof-0.json")
    assert json.loads(file) == json.loads(json.dumps(proof_of(events_of(promise)[0])))
    assert "covered by a seal" in shown(client, "/verify", text=file)


def test_keys_and_seals_are_published(client):
    a_promise()
    seal(tehran(3))
    (key,) = json.loads(shown(client, "/.well-known/vafa-keys.json"))["keys"]
    (published,) = json.loads(shown(client, "/.well-known/vafa-seals.json"))["seals"]
    assert (key["algorithm"], key["retired_at"], published["number"]) == ("Ed25519", None, 1)
    assert published["root"][:20] in shown(client, "/record/seals/")
    assert "There is no seal yet" in shown(client, "/record/seals/?before=1")

"""Who waits for an article is told once, and the day on which it is back is kept, moved or broken in the ledger."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from vafa.catalog.actions import StockRow, set_stock
from vafa.catalog.actions.notices import follow_notices, stop_waiting, wait_for
from vafa.catalog.models import BackNotice, Stock, Variant
from vafa.catalog.queries.notice_links import notice_word
from vafa.catalog.queries.waited import waited_for
from vafa.catalog.tests import make
from vafa.catalog.tests.make import AT
from vafa.customers.models import ContactPoint
from vafa.kit.problems import Problem
from vafa.kit.tests.together import at_once
from vafa.messages.models import Message
from vafa.promises.actions import break_overdue
from vafa.promises.models import Promise
from vafa.shop.actions import save_settings

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TENTH = date(2026, 5, 10)


@pytest.fixture(autouse=True)
def sold_out(db):
    save_settings(name="Bookshop", default_language="en", languages=["en", "fa", "ar"], zone="Asia/Tehran")
    make.shelves()
    make.book("divan", pieces=0)
    expect(TENTH)


def expect(day, pieces: int = 0, at=AT) -> None:
    set_stock([StockRow("divan-1", pieces, back_on=day)], at=at, is_trusted=True)


def waiting(to: str = "sara@example.org", at=AT) -> BackNotice:
    return wait_for(Variant.objects.get(sku="divan-1"), to, language="en", at=at)


def states() -> list[tuple[str, date]]:
    return [(promise.state, promise.due_on) for promise in Promise.objects.order_by("pk")]


def sent() -> list[str]:
    return list(Message.objects.order_by("pk").values_list("template", flat=True))


def test_the_day_on_which_it_is_back_is_promised_to_who_asks():
    notice = waiting()
    promise = Promise.objects.get()
    assert (promise.kind, promise.due_on, promise.party_ref) == ("back_in_stock", TENTH, notice.customer_ref)
    assert promise.text["en"].startswith("Divan of Hafez: back on")
    assert ContactPoint.objects.get().address == "sara@example.org"
    assert follow_notices(at=AT + DAY) == 0


def test_who_asks_twice_is_promised_once():
    assert waiting() == waiting(at=AT + DAY)
    assert (BackNotice.objects.count(), Promise.objects.count()) == (1, 1)


def test_when_it_is_there_in_time_he_is_told_once_and_the_promise_is_kept():
    waiting()
    expect(None, 4, at=AT + DAY)
    assert [follow_notices(at=AT + DAY), follow_notices(at=AT + DAY)] == [1, 0]
    assert sent() == ["catalog.back"]
    assert states() == [("kept", TENTH)]


def test_when_nothing_came_by_that_day_it_is_broken_and_late_arrival_is_still_told():
    waiting()
    later = AT + 12 * DAY
    assert break_overdue(later) == 1
    expect(None, 4, at=later)
    assert follow_notices(at=later) == 1
    assert sent() == ["catalog.back"]
    promise = Promise.objects.get()
    assert (promise.state, promise.fulfilled_at) == ("broken", later)


def test_when_the_shop_moves_the_day_he_is_told_and_the_promise_is_revised():
    waiting()
    expect(TENTH + 4 * DAY, at=AT + DAY)
    assert [follow_notices(at=AT + DAY), follow_notices(at=AT + DAY)] == [1, 0]
    assert states() == [("revised", TENTH), ("open", TENTH + 4 * DAY)]
    assert Promise.objects.last().original_due_on == TENTH
    message = Message.objects.get()
    assert (message.template, message.context["was_on"], message.context["due_on"]) == (
        "catalog.back_moved", "2026-05-10", "2026-05-14",
    )  # fmt: skip
    expect(None, 4, at=AT + 2 * DAY)
    follow_notices(at=AT + 2 * DAY)
    assert states()[1] == ("kept", TENTH + 4 * DAY)


def test_a_day_that_is_known_only_later_is_promised_then():
    expect(None)
    assert waiting().promise_ref is None
    assert states() == []
    expect(TENTH, at=AT + DAY)
    assert follow_notices(at=AT + DAY) == 1
    assert states() == [("open", TENTH)]
    assert "was_on" not in Message.objects.get().context


def test_a_new_day_after_a_broken_one_is_a_new_promise():
    waiting()
    later = AT + 12 * DAY
    break_overdue(later)
    expect(TENTH + 20 * DAY, at=later)
    assert follow_notices(at=later) == 1
    assert states() == [("broken", TENTH), ("open", TENTH + 20 * DAY)]


def test_a_day_that_is_over_is_promised_to_nobody():
    expect(AT.date())
    assert waiting().due_on is None
    assert follow_notices(at=AT) == 0


def test_who_stops_hears_nothing_and_what_was_promised_is_withdrawn():
    notice = waiting()
    assert [stop_waiting(notice, at=AT), stop_waiting(notice, at=AT)] == [True, False]
    expect(None, 4)
    assert follow_notices(at=AT + DAY) == 0
    assert states() == [("cancelled", TENTH)]
    assert sent() == []
    expect(TENTH, at=AT + DAY)
    assert waiting(at=AT + DAY).pk != notice.pk  # he may ask again


def test_what_is_reserved_for_others_is_not_there():
    waiting()
    Stock.objects.filter(variant__sku="divan-1").update(on_hand=2, reserved=2)
    assert follow_notices(at=AT + DAY) == 0


def test_what_cannot_be_waited_for_is_refused():
    for written in ("nobody", "", "@", "12"):
        with pytest.raises(Problem) as caught:
            waiting(written)
        assert caught.value.code == "bad-address"
    expect(None, 1)
    with pytest.raises(Problem) as caught:
        waiting()
    assert caught.value.code == "is-there"
    assert not BackNotice.objects.exists()


def test_a_worker_that_dies_while_it_tells_has_told_nobody(monkeypatch):
    import vafa.catalog.actions.notices as notices

    waiting()
    expect(None, 4)

    def die(*_args, **_terms):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(notices, "settle_promise", die)
        with pytest.raises(KeyboardInterrupt):
            follow_notices(at=AT + DAY)
    assert (sent(), states()) == ([], [("open", TENTH)])
    assert follow_notices(at=AT + DAY) == 1
    assert (sent(), states()) == (["catalog.back"], [("kept", TENTH)])


@pytest.mark.django_db(transaction=True)
def test_four_workers_at_once_tell_everybody_once():
    for number in range(6):
        waiting(f"reader{number}@example.org")
    expect(None, 4)
    assert sum(at_once(*[lambda: follow_notices(at=AT + DAY)] * 4)) == 6
    assert sent() == ["catalog.back"] * 6
    assert {state for state, _day in states()} == {"kept"}


@pytest.mark.django_db(transaction=True)
def test_who_stops_while_he_is_told_is_either_told_or_not():
    notice = waiting()
    expect(None, 4)
    told, stopped = at_once(lambda: follow_notices(at=AT + DAY), lambda: stop_waiting(notice, at=AT + DAY))
    assert (told, stopped) in {(1, False), (0, True)}
    assert (sent(), states()[0][0]) == ((["catalog.back"], "kept") if told else ([], "cancelled"))


def test_the_staff_see_how_many_wait_for_what_and_not_who(agent_client):
    make.book("golestan", pieces=0)
    waiting(), waiting("09121234567", at=AT + DAY)
    stop_waiting(waiting("ali@example.org"), at=AT)
    wait_for(Variant.objects.get(sku="golestan-1"), "sara@example.org", language="en", at=AT)
    found = [(each.sku, each.people, each.since, each.expected_on) for each in waited_for(at=AT + DAY)]
    assert found == [("divan-1", 2, AT, TENTH), ("golestan-1", 1, AT, None)]
    page = agent_client.get("/window/waited-for/").content.decode()
    assert ("Say when" in page, "sara" in page) == (True, False)
    expect(None, 4, at=AT + DAY)
    follow_notices(at=AT + DAY)
    assert [each.sku for each in waited_for(at=AT + DAY)] == ["golestan-1"]


def test_a_visitor_asks_on_the_page_and_stops_by_the_link(client, settings):
    page = client.get("/shop/p/divan/", headers={"accept-language": "en"}).content.decode()
    assert "Back on" in page
    asked = {"sku": "divan-1", "to": "sara@example.org"}
    assert client.post("/shop/p/divan/tell-me/", asked).status_code == 422  # he has to agree
    assert client.post("/shop/p/divan/tell-me/", {**asked, "agreed": "on", "to": "x"}).status_code == 422
    assert client.post("/shop/p/nothing/tell-me/", {**asked, "agreed": "on"}).status_code == 404
    assert client.post("/shop/p/divan/tell-me/", {**asked, "agreed": "on"}).status_code == 302
    notice = BackNotice.objects.get()
    word = notice_word(notice)
    assert client.get(f"/shop/back/{word}/").status_code == 200
    assert client.get(f"/shop/back/{word}x/").status_code == 404
    notice.refresh_from_db()
    assert notice.state == "waiting"  # opened by a mail reader: nothing happened
    assert client.post(f"/shop/back/{word}/").status_code == 200
    notice.refresh_from_db()
    assert notice.state == "stopped"


@pytest.mark.usefixtures("window_stands")
def test_one_address_asks_only_so_often(client):
    asked = {"sku": "divan-1", "to": "sara@example.org", "agreed": "on"}
    answers = [client.post("/shop/p/divan/tell-me/", asked).status_code for _each in range(11)]
    assert answers == [302] * 10 + [429]

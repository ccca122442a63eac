"""The public record: exact figures from a ledger built by hand, open to everybody, and only when it is published."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils.translation import override

from vafa.kit import clock
from vafa.promises.actions import (
    break_overdue,
    cancel_promise,
    import_promises,
    judge_covers,
    make_promise,
    revise_promise,
    seal,
    settle_promise,
)
from vafa.promises.guarantee_terms import Caps
from vafa.promises.models import DayTotal, Remedy
from vafa.promises.queries import published_record
from vafa.promises.record_page import Figure, lines_of
from vafa.promises.tests.make import ANSWER, DAY, DUE, a_promise, historic, tehran, terms
from vafa.promises.tests.make_guarantees import VOUCHER, a_guarantee, a_word
from vafa.shop.actions import save_settings
from vafa.shop.queries import the_shop

pytestmark = pytest.mark.django_db
TODAY = tehran(31)


@pytest.fixture(autouse=True)
def _on_the_last_of_march(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: TODAY)


@pytest.fixture
def published(db):
    save_settings(name="Book Garden", publishes_record=True, default_language="en")


def a_ledger_built_by_hand():
    """Due on 4 March unless said: 1 early, 2 in time, 3 late, 4 moved by the shop and come by the later date,
    5 moved for the customer and kept, 6 cancelled, 7 still open, 8 an answer in time."""
    for number, day in ((1, 2), (2, 4), (3, 6)):
        settle_promise(a_promise(number), fulfilled_at=tehran(day), at=tehran(day))
    for number, asked_by in ((4, "shop"), (5, "customer")):
        later = revise_promise(a_promise(number), asked_by=asked_by, due_on=DUE + DAY, at=tehran(2))
        settle_promise(later, fulfilled_at=tehran(5), at=tehran(5))
    cancel_promise(a_promise(6), at=tehran(2))
    a_promise(7, settle_after=tehran(30, month=4))
    answer = make_promise(at=tehran(1), **terms(8, kind=ANSWER.name, due_at=tehran(4, 10)))
    settle_promise(answer, fulfilled_at=tehran(4, 9), at=tehran(4))


def many_kept(count, late=0, **changes):
    import_promises(
        [historic(100 + n, fulfilled_at=tehran(6 if n < late else 3), **changes) for n in range(count)], at=tehran(20)
    )


def shown(client, address, status=200, **headers):
    answer = client.get(address, headers=headers)
    assert answer.status_code == status
    return answer.content.decode()


# --- figures


def test_the_record_is_what_the_ledger_says():
    a_ledger_built_by_hand()
    record = published_record(TODAY.date(), at=TODAY)
    errand, answer = record.kinds
    assert [line.figures[0] for line in lines_of(errand)] == [
        Figure(9),  # seven dates and the two that took the place of others
        Figure(3, 5), Figure(4, 5),  # kept: the moved ones by their last date; the customer's wish is a first date too
        Figure(1, 5), Figure(1, 5),  # exceeded
        Figure(2, 5, is_bad=True), Figure(1, 5, is_bad=True),  # broken
        Figure(0, 2),  # made good
        Figure(1, 9, is_bad=True), Figure(1, 9),  # moved by the shop, and for the customer
        Figure(1, 9, is_bad=True), Figure(1),  # cancelled, still open
    ]  # fmt: skip
    assert [line.figures[0] for line in lines_of(answer)][:3] == [Figure(1), Figure(1, 1), Figure(1, 1)]
    assert (record.all_kinds[0].made, record.all_kinds[0].original.kept) == (10, 4)


def test_each_period_holds_the_days_that_end_today():
    for number, back in enumerate((0, 29, 30, 89, 90, 364, 365)):
        day = TODAY.date() - timedelta(days=back)
        given = historic(number, due_on=day, made_at=TODAY - timedelta(days=back + 9))
        import_promises([given], at=TODAY)
    assert [each.made for each in published_record(TODAY.date(), at=TODAY).all_kinds] == [2, 4, 6]


def test_remedies_that_are_due_or_given_are_counted_of_what_was_broken():
    """1 kept, 2 late with its voucher, 3 late with one that waits for approval."""
    version = a_guarantee()
    asks_first = a_guarantee("asks-first", remedy=VOUCHER, caps=Caps(approval_above_minor=1))
    for number, under, day in ((1, version, 4), (2, version, 6), (3, asks_first, 6)):
        settle_promise(a_word(under, number), fulfilled_at=tehran(day), at=tehran(day))
    judge_covers(tehran(7))
    assert sorted(Remedy.objects.values_list("state", flat=True)) == ["given", "waiting"]
    record = published_record(TODAY.date(), at=TODAY)
    assert [(each.remedied, each.original.broken) for each in record.all_kinds] == [(1, 2)] * 3
    made_good = next(line for line in lines_of(record.kinds[0]) if line.name == "Made good")
    assert made_good.figures == (Figure(1, 2),) * 3


def test_a_remedy_for_a_promise_that_was_kept_after_all_is_not_counted():
    promise = a_word(a_guarantee())
    break_overdue(tehran(10))
    judge_covers(tehran(10))
    assert published_record(TODAY.date(), at=TODAY).of_days(30).remedied == 1
    settle_promise(promise, fulfilled_at=tehran(3), at=tehran(11))
    assert published_record(TODAY.date(), at=TODAY).of_days(30).remedied == 0
    assert Remedy.objects.count() == 1


def test_promises_of_suppliers_and_of_later_days_are_not_in_it():
    a_promise(1, direction="from_supplier")
    a_promise(2, due_on=TODAY.date() + DAY)
    assert published_record(TODAY.date(), at=TODAY).kinds == ()


def test_an_empty_ledger_has_an_empty_record():
    record = published_record(TODAY.date(), at=TODAY)
    assert (record.kinds, record.begun_at, record.seals, record.all_kinds[2].made) == ((), None, 0, 0)


def test_the_record_tells_since_when_it_is_kept_and_sealed():
    a_promise(1, at=tehran(1))
    seal(tehran(2))
    record = published_record(TODAY.date(), at=TODAY)
    assert (record.begun_at, record.seals, str(record.sealed_on)) == (tehran(1, 12), 1, "2026-03-02")


@pytest.mark.parametrize(
    ("figure", "share"),
    [
        (Figure(19, 19), None),
        (Figure(20, 20), 1.0),
        (Figure(9999, 10_000), 0.999),
        (Figure(1, 10_000, is_bad=True), 0.001),
        (Figure(0, 20, is_bad=True), 0.0),
        (Figure(7), None),
        (Figure(0, 0), None),
    ],
)
def test_a_share_is_rounded_against_the_shop_and_never_of_too_few(figure, share):
    assert figure.share == share


# --- the page


def test_a_record_that_is_not_published_is_a_designed_404(client):
    many_kept(30)
    page = shown(client, "/record/", 404)
    assert ("The record is not published" in page, "30" in page) == (True, False)
    assert [shown(client, f"/record/badge.{kind}", 404) for kind in ("html", "svg")] == ["", ""]


def test_the_staff_see_what_would_be_published(agent_client):
    many_kept(30)
    assert "Only the staff see this page" in shown(agent_client, "/record/")


def test_anybody_reads_the_published_record(client, published):
    many_kept(40, late=2)
    page = shown(client, "/record/")
    assert "95.0%" in page
    assert "38 of 40 promises, by their first date" in page
    assert "Only the staff" not in page


def test_of_few_promises_the_numbers_are_shown_and_no_share(client, published):
    many_kept(19)
    page = shown(client, "/record/")
    assert ("19 of 19" in page, re.findall(r"\d%<", page)) == (True, [])
    assert "Fewer than 20 outcomes are known" in page


def test_an_empty_record_says_so(client, published):
    assert "No promise has fallen due yet" in shown(client, "/record/")


def test_no_customer_no_order_and_no_place_is_named(client, published):
    a_ledger_built_by_hand()
    many_kept(30)
    everything = shown(client, "/record/") + shown(client, "/record/badge.html") + shown(client, "/record/badge.svg")
    assert re.findall(r"\b[AC]-\d+|Shiraz|Fars|errand:", everything) == []


def test_the_record_costs_five_queries_once_and_one_after(client, published, django_assert_max_num_queries):
    many_kept(30)
    cache.clear()
    with django_assert_max_num_queries(5) as first:
        shown(client, "/record/")
    with django_assert_max_num_queries(1):
        shown(client, "/record/")
    many_kept(300, region="Yazd")
    cache.clear()
    with django_assert_max_num_queries(5) as many:
        shown(client, "/record/")
    assert len(many) == len(first)


def test_figures_are_counted_anew_on_the_next_day_and_after_some_minutes(client, published, monkeypatch):
    many_kept(30)
    assert "30 of 30" in shown(client, "/record/")
    DayTotal.objects.filter(against="original").update(kept=0)
    assert "30 of 30" in shown(client, "/record/")
    monkeypatch.setattr(clock, "now", lambda: TODAY + DAY)
    assert "30 of 30 promises, by their first" not in shown(client, "/record/")


def test_a_browser_that_has_the_page_is_told_so(published):
    browser = Client()
    many_kept(30)
    browser.get("/record/")  # sets the cookie of the form
    answer = browser.get("/record/")
    again = browser.get("/record/", headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert answer["Cache-Control"] == "private, no-cache"
    persian = browser.get("/record/", headers={"If-None-Match": answer["ETag"], "Accept-Language": "fa"})
    stranger = Client().get("/record/", headers={"If-None-Match": answer["ETag"]})
    assert (persian.status_code, stranger.status_code) == (200, 200)


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_record_is_only_read(client, published, method):
    for address in ("/record/", "/record/badge.html", "/record/badge.svg"):
        assert getattr(client, method)(address).status_code == 405


# --- the badge


@pytest.mark.parametrize("language", ["fa", "ar", "en"])
@pytest.mark.parametrize("kind", ["html", "svg"])
def test_a_badge_is_small_and_needs_nothing_else(client, published, language, kind):
    many_kept(40, late=2)
    answer = client.get(f"/record/badge.{kind}?lang={language}")
    page = answer.content.decode()
    assert len(answer.content) < 5000
    assert re.findall(r"<script|<link|@import|url\(|\ssrc=", page) == []
    assert set(re.findall(r"https?://[^\"\s]+", page)) <= {"http://www.w3.org/2000/svg"}
    assert (answer.cookies, "Cookie" in answer["Vary"]) == ({}, False)
    assert f'lang="{language}"' in page
    assert ("rtl" in page) == (language != "en")


@pytest.mark.parametrize("kind", ["html", "svg"])
def test_a_badge_may_stand_in_any_page_and_do_nothing_there(client, published, kind):
    answer = client.get(f"/record/badge.{kind}")
    policy = answer["Content-Security-Policy"]
    style = re.search(r"<style>(.*)</style>", answer.content.decode())[1]
    assert "frame-ancestors *" in policy
    assert "default-src 'none'" in policy
    assert f"style-src {digest_of(style)}" in policy
    assert "X-Frame-Options" not in answer
    assert answer["Cache-Control"] == "public, max-age=300"
    assert client.get(f"/record/badge.{kind}", headers={"If-None-Match": answer["ETag"]}).status_code == 304


def digest_of(style):
    from base64 import b64encode
    from hashlib import sha256

    return f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'"


@pytest.mark.parametrize("address", ["/record/", "/record/seals/", "/verify", "/record/badge/"])
def test_no_other_page_may_be_framed(client, published, address):
    answer = client.get(address)
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"


def test_a_badge_says_the_share_by_the_first_date(client, published):
    many_kept(40, late=2)
    page = shown(client, "/record/badge.html")
    assert ("95.0% of promises kept" in page, "38 of 40 in time in 90 days" in page) == (True, True)
    assert "۹۵٫۰٪" in shown(client, "/record/badge.svg?lang=fa")


def test_a_badge_of_few_promises_says_no_share(client, published):
    many_kept(3)
    page = shown(client, "/record/badge.html")
    assert ("3 of 3" in page, "%" in page.split("<body>")[1]) == (True, False)


def test_a_badge_in_no_language_of_ours_is_in_the_first_of_the_shop(client, published):
    save_settings(default_language="ar")
    for query in ("", "?lang=tlh", "?lang=", "?lang=%00"):
        assert '<html lang="ar" dir="rtl">' in shown(client, f"/record/badge.html{query}", **{"Accept-Language": "en"})


def test_a_name_cannot_break_out_of_the_badge(client, published):
    save_settings(name='"><script>alert(1)</script>')
    assert "<script" not in shown(client, "/record/badge.html") + shown(client, "/record/badge.svg")


# --- the owner's page


def test_only_an_owner_publishes(client, agent_client):
    assert client.post("/settings/record/", {"publish": "yes"}).status_code == 302
    assert agent_client.post("/settings/record/", {"publish": "yes"}).status_code == 403
    assert the_shop().publishes_record is False


def test_the_owner_publishes_and_takes_down(owner_client, client):
    owner_client.post("/settings/record/", {"publish": "yes"})
    assert client.get("/record/").status_code == 200
    owner_client.post("/settings/record/", {"publish": "no"})
    assert client.get("/record/").status_code == 404


def test_the_owner_copies_the_badge_in_each_language(owner_client, published):
    page = shown(owner_client, "/settings/record/")
    for code in ("fa", "ar", "en"):
        assert f'src="/record/badge.html?lang={code}"' in page
        assert f"&lt;iframe src=&quot;http://127.0.0.1:8000/record/badge.html?lang={code}&quot;" in page
        assert f"/record/badge.svg?lang={code}&quot;" in page


def test_broken_words_stay_broken_by_their_first_date_in_every_language(client, published):
    """Twenty dates moved by the shop and all kept by the new one: 0 of 20 by the first date."""
    for number in range(20):
        later = revise_promise(a_promise(number), asked_by="shop", due_on=DUE + DAY, at=tehran(2))
        settle_promise(later, fulfilled_at=tehran(5), at=tehran(5))
    break_overdue(TODAY)
    for code in ("fa", "ar", "en"):
        with override(code):
            from vafa.kit.formats import format_percent

            page = shown(client, "/record/", **{"Accept-Language": code})
            assert f'<p class="record-share">{format_percent(0.0, 1)}</p>' in page
            assert format_percent(1.0, 1) in page

from datetime import UTC, datetime, timedelta

import pytest

from vafa.kit import http
from vafa.kit.problems import Problem

MINUTE = timedelta(minutes=1)


@pytest.fixture
def at(monkeypatch):
    """Sets the real time that limits see."""

    def set_time(second):
        monkeypatch.setattr(http, "real_now", lambda: datetime(2026, 3, 21, 12, 0, second, tzinfo=UTC))

    set_time(0)
    return set_time


@pytest.mark.parametrize("ours", ["/work/", "/work/?state=failed", "http://testserver/work/"])
def test_the_next_page_is_the_one_asked_for(rf, ours):
    assert http.safe_next(rf.get("/", {"next": ours}), "/") == ours
    assert http.safe_next(rf.post("/", {"next": ours}), "/") == ours


@pytest.mark.parametrize(
    "elsewhere", ["", "https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example", "javascript:x"]
)
def test_the_next_page_is_never_of_another_site(rf, elsewhere):
    assert http.safe_next(rf.get("/", {"next": elsewhere}), "/home") == "/home"


def test_from_the_first_use_too_many_on_it_is_refused(at):
    for _ in range(3):
        http.limit_rate("quotes", "till", most=3, per=MINUTE)
    with pytest.raises(Problem) as refused:
        http.limit_rate("quotes", "till", most=3, per=MINUTE)
    assert (refused.value.code, refused.value.status) == ("too-many-requests", 429)


def test_others_and_other_doors_are_counted_apart(at):
    http.limit_rate("quotes", "till", most=1, per=MINUTE)
    http.limit_rate("quotes", "website", most=1, per=MINUTE)
    http.limit_rate("promises", "till", most=1, per=MINUTE)


def test_the_next_window_counts_anew(at):
    http.limit_rate("quotes", "till", most=1, per=timedelta(seconds=10))
    at(10)
    http.limit_rate("quotes", "till", most=1, per=timedelta(seconds=10))


def test_the_address_is_the_one_that_connects(rf):
    assert (
        http.client_address(rf.get("/", REMOTE_ADDR="192.0.2.7", headers={"X-Forwarded-For": "10.0.0.1"}))
        == "192.0.2.7"
    )

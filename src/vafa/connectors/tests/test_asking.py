"""Carriers that must be asked, over a real local HTTP server."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from datetime import timedelta

import pytest

from vafa.connectors.actions.asking import ask_source
from vafa.connectors.actions.sources import add_source
from vafa.connectors.asking.by_karrio import PROGRAM
from vafa.connectors.tests.carrier import PLACED, SECRET, TASKS, a_source, an_order, answering, told
from vafa.delivery.models import Parcel
from vafa.jobs.doing import do_all
from vafa.kit import clock
from vafa.kit.clock import real_now
from vafa.kit.problems import Problem

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _soon_after(monkeypatch):
    """Business time: two days after the orders were placed."""
    monkeypatch.setenv("VAFA_CLOCK_SHIFT_DAYS", str((PLACED + timedelta(days=3) - real_now()) / timedelta(days=1)))
    assert abs(clock.now() - PLACED) < timedelta(days=4)


def asking(address: str):
    return a_source("signed", code="chapar", asks=address + "/track/{number}")


def test_an_open_parcel_is_asked_about_and_what_is_answered_counts():
    an_order(carrier="Chapar")
    with answering({"/track/RX1": (200, told("out_for_delivery"), {})}) as (address, asked):
        assert ask_source(asking(address)) == 1
    assert asked == [f"/track/RX1 Bearer {SECRET}"]
    do_all(TASKS)
    assert Parcel.objects.get().status == "out_for_delivery"


def test_it_is_asked_again_hours_later_and_not_before():
    an_order(carrier="Chapar")
    with answering({"/track/RX1": (200, told("in_transit"), {})}) as (address, asked):
        source = asking(address)
        ask_source(source)
        ask_source(source, at=real_now() + HOUR)
        assert len(asked) == 1
        ask_source(source, at=real_now() + 4 * HOUR)
        assert len(asked) == 2


def test_only_open_parcels_of_this_carrier_are_asked_about():
    an_order("A1", "RX1", carrier="Post")
    an_order("A2", "RX2", carrier="Chapar")
    Parcel.objects.filter(tracking_number="RX2").update(status="delivered")
    with answering({}) as (address, asked):
        assert ask_source(asking(address)) == 0
    assert asked == []


def test_a_carrier_that_refuses_is_left_alone_as_long_as_it_says():
    for number in range(3):
        an_order(f"A{number}", f"RX{number}", carrier="Chapar")
    busy = {f"/track/RX{number}": (429, b"", {"Retry-After": "7200"}) for number in range(3)}
    with answering(busy) as (address, asked):
        source = asking(address)
        ask_source(source)
        assert len(asked) == 1  # the first refusal ends it
        source.refresh_from_db()
        assert (source.last_problem, source.failures) == ("HTTP 429", 1)
        ask_source(source, at=real_now() + HOUR)
        assert len(asked) == 1
        ask_source(source, at=real_now() + 3 * HOUR)
        assert len(asked) == 2


def test_a_carrier_that_cannot_be_reached_rests_longer_and_longer():
    an_order(carrier="Chapar")
    with answering({}) as (address, _asked):
        source = asking(address)
    rests = []
    at = real_now()
    for _ in range(3):
        ask_source(source, at=at)
        source.refresh_from_db()
        rests.append(source.resting_until - at)
        at = source.resting_until
    assert rests == [timedelta(minutes=10), timedelta(minutes=20), timedelta(minutes=40)]


def test_a_number_that_the_carrier_does_not_know_is_asked_about_less_and_less_often():
    an_order(carrier="Chapar")
    with answering({}) as (address, asked):
        source = asking(address)
        for hours in (0, 4, 5, 11):
            ask_source(source, at=real_now() + hours * HOUR)
        assert len(asked) == 3


def test_the_secret_does_not_follow_a_redirect():
    an_order(carrier="Chapar")
    with answering({"/elsewhere": (200, told(), {})}) as (other, stolen):
        away = {"/track/RX1": (302, b"", {"Location": f"{other}/elsewhere"})}
        with answering(away) as (address, _asked):
            source = asking(address)
            ask_source(source)
    source.refresh_from_db()
    assert (source.last_problem, stolen) == ("HTTP 302", [])


@pytest.mark.parametrize(
    "asks", ["ftp://x/{number}", "https://x/all", "karrio:", "file:///etc/{number}", "https://{number}"]
)
def test_an_address_names_the_number_and_is_one_of_the_web(asks):
    with pytest.raises(Problem, match="number"):
        add_source(code="chapar", form="signed", asks=asks)


def test_a_source_whose_carrier_cannot_be_asked_says_so():
    an_order(carrier="dhl_express")
    source = add_source(code="dhl", form="karrio", asks="karrio:dhl_express")
    ask_source(source)
    source.refresh_from_db()
    is_there = importlib.util.find_spec("karrio") is not None
    assert source.last_problem != ""
    assert (source.last_problem == "karrio is not installed") is not is_there


def dhl_event(day: int, time: str, code: str, place: str) -> str:
    return (
        f"<ShipmentEvent><Date>2026-05-{day:02}</Date><Time>{time}</Time>"
        f"<ServiceEvent><EventCode>{code}</EventCode><Description>x</Description></ServiceEvent>"
        f"<Signatory>A PERSON</Signatory><ServiceArea><Description>{place}</Description></ServiceArea></ShipmentEvent>"
    )


DHL = (
    '<?xml version="1.0" encoding="UTF-8"?><req:TrackingResponse xmlns:req="http://www.dhl.com">'
    "<AWBInfo><AWBNumber>7740842550</AWBNumber><ShipmentInfo><ConsigneeName>A PERSON</ConsigneeName>"
    f"{dhl_event(5, '12:15:00', 'PU', 'DUBAI-AE')}{dhl_event(6, '16:30:00', 'OK', 'MUSCAT-OM')}"
    "</ShipmentInfo></AWBInfo></req:TrackingResponse>"
).encode()
LOCAL = """
import runpy, sys, warnings
warnings.simplefilter("ignore")
from karrio.providers.dhl_express.utils import Settings
Settings.server_url = property(lambda self: sys.argv[2])
runpy.run_path(sys.argv[1], run_name="__main__")
"""


def test_karrio_asks_a_carrier_and_nothing_personal_comes_along(tmp_path):
    if not importlib.util.find_spec("karrio"):
        pytest.skip("the extra “carriers” is not installed")
    from vafa.connectors.actions.inbox import receive
    from vafa.connectors.models import Through

    program = tmp_path / "local.py"
    program.write_text(LOCAL, encoding="utf-8")
    question = {"carrier": "dhl_express", "settings": {"site_id": "x", "password": "y"}, "numbers": ["7740842550"]}
    with answering({"/XMLShippingServlet": (200, DHL, {})}) as (address, _asked):
        done = subprocess.run(
            [sys.executable, program, PROGRAM, address], input=json.dumps(question), capture_output=True, text=True
        )
    answer = json.loads(done.stdout)
    assert answer["problem"] == ""
    assert "A PERSON" not in done.stdout
    an_order(tracking="7740842550", carrier="dhl_express")
    source = add_source(code="dhl", form="karrio", asks="karrio:dhl_express")
    receive(source, json.dumps(answer["found"]["7740842550"]).encode(), through=Through.ASKED)
    do_all(TASKS)
    assert Parcel.objects.values_list("status", "handed_over_at__day", "delivered_at__day").get() == ("delivered", 5, 6)

"""How the simulated shop's customers choose: prices by rule, windows in Tehran, points to fetch it at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time, timedelta

from vafa.delivery.actions.options import OptionRow, remember_options
from vafa.delivery.actions.points import add_price, save_point
from vafa.delivery.actions.slots import hold, keep
from vafa.delivery.actions.zones import add_windows, save_zone
from vafa.delivery.models import DeliveryOption
from vafa.delivery.option_kinds import OptionKind
from vafa.delivery.slot_names import SlotName
from vafa.demo import carriers, rows
from vafa.demo.iran import ALBORZ, TEHRAN
from vafa.demo.simulation import ZONE, Scenario, SimulatedOrder
from vafa.kit.problems import Problem

WINDOWS, STORE, LOCKER, POINT = "peyk-saat", "hozuri", "sanduq", "noqte"
DAILY = {str(day): [["09:00", "13:00"], ["16:00", "21:00"]] for day in (5, 6, 0, 1, 2, 3)}
ALWAYS = {str(day): [["06:00", "23:00"]] for day in range(7)}
HOURS = ((time(9), 14), (time(12), 10), (time(15), 12), (time(18), 16))
EVENING = time(18)
PAST = timedelta(days=28)
WORKING_DAYS = (5, 6, 0, 1, 2, 3)  # nothing is packed or brought on Fridays

OPTIONS = (
    OptionRow(
        WINDOWS,
        {"fa": "پیک در بازهٔ دلخواه", "ar": "درّاج في ساعة تختارها", "en": "Bike in a window you choose"},
        price_minor=rows.rials(95_000),
        regions=(TEHRAN, ALBORZ),
        kind=OptionKind.WINDOW.value,
        delivery_weekdays=WORKING_DAYS,
    ),
    OptionRow(
        STORE,
        {"fa": "تحویل حضوری در فروشگاه", "ar": "استلام من المكتبة", "en": "Collect in our bookshop"},
        price_minor=0,
        regions=(TEHRAN,),
        kind=OptionKind.STORE.value,
        delivery_weekdays=WORKING_DAYS,
    ),
    OptionRow(
        LOCKER,
        {"fa": "صندوق هوشمند", "ar": "خزانة ذكية", "en": "Locker"},
        price_minor=rows.rials(45_000),
        kind=OptionKind.LOCKER.value,
        delivery_weekdays=WORKING_DAYS,
    ),
    OptionRow(
        POINT,
        {"fa": "نقطهٔ تحویل", "ar": "نقطة استلام", "en": "Pick-up point"},
        price_minor=rows.rials(39_000),
        kind=OptionKind.PICKUP.value,
        delivery_weekdays=WORKING_DAYS,
    ),
)


def offer_choices() -> None:
    """Everything that a customer can choose beside the ways in which the past year's parcels went."""
    remember_options(OPTIONS)
    options = {option.code: option for option in DeliveryOption.objects.all()}
    _price(options)
    _bring(options[WINDOWS])
    _wait(options)


def fill_windows(orders: Sequence[SimulatedOrder], scenario: Scenario) -> int:
    """Those whose rider is still to come have agreed on a window of the promised day; how many."""
    filled = 0
    for number, each in enumerate(orders):
        if each.option != carriers.RIDER or each.promised_on <= scenario.last_day:
            continue
        begins = HOURS[number % len(HOURS)][0]
        zone = "tehran-north" if each.city.code in NORTH else "tehran-south"
        try:
            name = str(SlotName(WINDOWS, zone, each.promised_on, begins))
            hold(slot=name, key=f"demo:{each.number}", until=scenario.until + timedelta(hours=1), at=scenario.until)
        except Problem:  # a Friday, or full
            continue
        keep(key=f"demo:{each.number}", order=each.number, at=scenario.until)
        filled += 1
    return filled


def fill_past_windows(orders: Sequence[SimulatedOrder], scenario: Scenario) -> int:
    """Of the last weeks' parcels that riders brought within a window, those had chosen it; how many."""
    filled = 0
    for each in orders:
        came = each.delivered_at
        if each.option != carriers.RIDER or came is None or came < scenario.until - PAST:
            continue
        local = came.astimezone(ZONE)
        begins = next((clock for clock, _many in HOURS if clock.hour <= local.hour < clock.hour + 2), None)
        if begins is None:
            continue
        zone = "tehran-north" if each.city.code in NORTH else "tehran-south"
        key, at = f"demo:{each.number}", each.placed_at
        try:
            name = str(SlotName(WINDOWS, zone, local.date(), begins))
            hold(slot=name, key=key, until=at + timedelta(hours=1), at=at)
        except Problem:  # ordered too late for it, or full
            continue
        keep(key=key, order=each.number, at=at)
        filled += 1
    return filled


NORTH = ("14", "15", "16", "19")
SOUTH = ("11", "13", "17", "31", "331")


def _price(options: dict[str, DeliveryOption]) -> None:
    post, express = options[carriers.PISHTAZ.code], options[carriers.EXPRESS.code]
    for places, most_g, toman in (
        ([TEHRAN, ALBORZ], 2000, 49_000),
        ([], 2000, 68_000),
        ([], 10_000, 118_000),
    ):
        add_price(post, places=places, most_g=most_g, from_minor=0, price_minor=rows.rials(toman), each_kg_minor=0)
    add_price(
        express, places=[], most_g=None, from_minor=0, price_minor=rows.rials(94_000), each_kg_minor=rows.rials(18_000)
    )


def _bring(option: DeliveryOption) -> None:
    north = save_zone(
        "tehran-north",
        name={"fa": "شمال و غرب تهران", "ar": "شمال طهران وغربها", "en": "North and west of Tehran"},
        places=list(NORTH),
    )
    south = save_zone(
        "tehran-south",
        name={"fa": "مرکز و جنوب تهران، کرج", "ar": "وسط طهران وجنوبها وكرج", "en": "Centre, south of Tehran, Karaj"},
        places=list(SOUTH),
    )
    for zone in (north, south):
        for begins, capacity in HOURS:
            add_windows(
                option, zone, WORKING_DAYS, begins=begins, ends=time(begins.hour + 2), capacity=capacity,
                surcharge_minor=rows.rials(25_000) if begins == EVENING else 0,
                days_before=1, order_until=time(21),
            )  # fmt: skip


def _wait(options: dict[str, DeliveryOption]) -> None:
    for position, (code, option, name, city, address, week, capacity) in enumerate(PLACES):
        save_point(
            code, option=options[option], name=_texts(name), city=city, address=_texts(address), week=week,
            closed_on=[], keeps_holidays=week is DAILY, capacity=capacity, position=position, active=True,
        )  # fmt: skip


def _texts(said: tuple[str, str, str]) -> dict[str, str]:
    return dict(zip(("fa", "ar", "en"), said, strict=True))


PLACES = (
    (
        "store-enqelab",
        STORE,
        ("کتاب‌سرای وفا، انقلاب", "مكتبة وفا، شارع انقلاب", "Vafa's bookshop, Enqelab Street"),
        "تهران",
        ("خیابان انقلاب، روبه‌روی دانشگاه", "شارع انقلاب، مقابل الجامعة", "Enqelab Street, opposite the university"),
        DAILY,
        None,
    ),
    (
        "locker-tajrish",
        LOCKER,
        ("صندوق متروی تجریش", "خزائن محطة تجريش", "Lockers at Tajrish station"),
        "تهران",
        ("ایستگاه متروی تجریش، طبقهٔ همکف", "محطة مترو تجريش، الطابق الأرضي", "Tajrish metro station, ground floor"),
        ALWAYS,
        24,
    ),
    (
        "locker-shiraz",
        LOCKER,
        ("صندوق چمران", "خزائن تشمران", "Chamran lockers"),
        "شیراز",
        ("بلوار چمران، پاساژ ستاره", "شارع تشمران، مجمع ستاره", "Chamran Boulevard, Setareh arcade"),
        ALWAYS,
        12,
    ),
    (
        "point-karaj",
        POINT,
        ("دکهٔ گوهردشت", "كشك كوهردشت", "Gohardasht kiosk"),
        "کرج",
        ("گوهردشت، میدان اول", "كوهردشت، الساحة الأولى", "Gohardasht, First Square"),
        DAILY,
        20,
    ),
    (
        "point-isfahan",
        POINT,
        ("کتاب‌فروشی چهارباغ", "مكتبة جهارباغ", "Chaharbagh bookshop"),
        "اصفهان",
        ("چهارباغ عباسی، نرسیده به سی‌وسه‌پل", "شارع جهارباغ عباسي", "Chaharbagh Abbasi, near Si-o-se-pol"),
        DAILY,
        15,
    ),
    (
        "point-shiraz",
        POINT,
        ("کافه‌کتاب وکیل", "مقهى كتاب وكيل", "Vakil book café"),
        "شیراز",
        ("بازار وکیل، سرای مشیر", "سوق وكيل، خان مشير", "Vakil Bazaar, Saray-e Moshir"),
        DAILY,
        15,
    ),
    (
        "point-mashhad",
        POINT,
        ("کتاب‌خانهٔ احمدآباد", "مكتبة أحمد آباد", "Ahmadabad library"),
        "مشهد",
        ("خیابان احمدآباد، پلاک ۱۲", "شارع أحمد آباد، رقم 12", "Ahmadabad Street 12"),
        DAILY,
        None,
    ),
)

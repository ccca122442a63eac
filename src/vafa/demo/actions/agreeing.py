"""The simulated shop's agreements with a carrier and a host, and one rehearsed incident."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

from vafa.accounts.actions import demo_person
from vafa.accounts.models import Role, User
from vafa.agreements import actions as agreements
from vafa.agreements.models import Agreement, Claim, ClaimState, Partner, Probe
from vafa.agreements.queries import claims
from vafa.demo.carriers import TIPAX
from vafa.demo.rows import rials
from vafa.demo.simulation import DAY, Scenario
from vafa.incidents import actions as incidents

HOUR = timedelta(hours=1)
OUTAGES = {40: 47, 123: 212, 131: 38, 220: 12, 300: 3}  # day of the year: minutes down, from 13:00 UTC on


def agree_and_rehearse(scenario: Scenario) -> None:
    """Agreements with their measured months, what became of two credits, and one exercise."""
    _with_the_carrier(scenario)
    _with_the_host(scenario)
    agreements.promise_and_measure(at=scenario.until)
    _move_credits(scenario)
    _rehearse(scenario)


def _with_the_carrier(scenario: Scenario) -> None:
    partner = agreements.save_partner("tipax", name=TIPAX.name, role="carrier", ref=TIPAX.name)
    signed = _draft(
        partner,
        scenario,
        "tipax-carriage",
        {
            "title": {
                "fa": "توافق حمل با تیپاکس",
                "ar": "اتفاق النقل مع تيباكس",
                "en": "Carriage agreement with Tipax",
            },
            "scope": {
                "fa": "همهٔ مرسوله‌هایی که کتاب‌سرا به تیپاکس می‌سپارد.",
                "ar": "جميع الطرود التي تسلّمها المكتبة إلى تيباكس.",
                "en": "Every parcel that the bookshop hands over to Tipax.",
            },
            "measurement": {
                "fa": "روزها از فردای تحویل به حامل شمرده می‌شوند. ملاک، روز تحویل در رهگیری تیپاکس است.",
                "ar": "تُحسب الأيام من غد التسلّم، والمرجع يوم التسليم في تتبّع تيباكس.",
                "en": "Days count from the day after hand-over. What counts is the day of delivery in Tipax' tracking.",
            },
            "failure": {
                "fa": "مرسولهٔ گم‌شده، دیررسیده شمرده می‌شود. تعطیلی‌های رسمی کنار گذاشته می‌شوند.",
                "ar": "يُعدّ الطرد المفقود متأخّرًا. وتُستثنى العطل الرسمية.",
                "en": "A lost parcel counts as late. Public holidays are left out.",
            },
            "consequence": {
                "fa": "اعتبار هر ماه از صورت‌حساب ماه بعد کم می‌شود.",
                "ar": "يُحسم تعويض كلّ شهر من فاتورة الشهر الذي يليه.",
                "en": "Each month's credit is taken off the next month's bill.",
            },
        },
    )
    agreements.save_level(
        signed, None, measure="delivered", within=2, working_days=True, target=0.9, length="month", minimum=20,
        step=0.01, credit_minor=rials(60_000), cap_minor=rials(900_000),
    )  # fmt: skip
    agreements.save_level(
        signed, None, measure="delivered", within=5, working_days=True, target=0.99, length="quarter", minimum=50,
        step=0.005, credit_minor=rials(100_000), cap_minor=rials(1_000_000),
    )  # fmt: skip
    agreements.put_in_force(signed, at=_day(scenario, 0))


def _with_the_host(scenario: Scenario) -> None:
    page = _simulated_page(scenario)
    partner = agreements.save_partner("host", name="میزبانی نمونه", role="hosting", ref="")
    signed = _draft(
        partner,
        scenario,
        "hosting",
        {
            "title": {"fa": "توافق میزبانی سایت", "ar": "اتفاق استضافة الموقع", "en": "Hosting agreement"},
            "scope": {
                "fa": "سرور فروشگاه و پایگاه دادهٔ آن.",
                "ar": "خادم المتجر وقاعدة بياناته.",
                "en": "The shop's server and its database.",
            },
            "measurement": {
                "fa": "هر دقیقه یک پرسش از صفحهٔ نخست، بدون نگهداری‌های اعلام‌شده. رقم‌های این فروشگاه شبیه‌سازی‌اند.",
                "ar": "سؤال واحد للصفحة الرئيسية كلّ دقيقة، دون الصيانة المعلَنة. أرقام هذا المتجر محاكاة.",
                "en": "The home page is asked once a minute, without announced maintenance. This shop's figures are "
                "simulated.",
            },
            "failure": {},
            "consequence": {},
        },
    )
    agreements.save_level(
        signed, None, measure="uptime", probe=page, target=0.999, length="month", minimum=20_000, step=0.001,
        credit_minor=rials(150_000), cap_minor=rials(1_500_000),
    )  # fmt: skip
    agreements.put_in_force(signed, at=_day(scenario, 0))


def _simulated_page(scenario: Scenario) -> Probe:
    return agreements.record_simulated("صفحهٔ نخست", "https://shop.example/", _hours(scenario), at=scenario.until)


def keep_asking(scenario: Scenario) -> None:
    """The simulated page answers, or does not, in the hours up to the scenario's end too."""
    agreements.continue_simulated(_hours(scenario), at=scenario.until)


def _hours(scenario: Scenario) -> list[agreements.Hour]:
    """Every full hour up to the scenario's end. A longer life begins with the hours of a shorter one."""
    chance = Random(scenario.seed)  # noqa: S311 - figures, no secrets
    begin = _day(scenario, 0)
    hours: list[agreements.Hour] = []
    for number in range((scenario.until - begin) // HOUR):
        up = 60 - _minutes_down(number)
        hours.append(agreements.Hour(begin + number * HOUR, 60, up, up * round(chance.gauss(420, 45))))
    return hours


def _minutes_down(number: int) -> int:
    """Of the hour `number` since the first day; the same days of every year have outages."""
    day, hour = divmod(number, 24)
    return min(60, max(0, OUTAGES.get(day % 365, 0) - 60 * (hour - 13))) if hour >= 13 else 0


def _draft(partner: Partner, scenario: Scenario, code: str, texts: dict[str, dict[str, str]]) -> Agreement:
    return agreements.draft_agreement(
        partner,
        code,
        title=texts["title"],
        scope=texts["scope"],
        measurement=texts["measurement"],
        failure=texts["failure"],
        consequence=texts["consequence"],
        agreed_on=scenario.first_day,
        valid_from=scenario.first_day,
        valid_until=None,
        calendar="jalali",
    )


def _move_credits(scenario: Scenario) -> None:
    """The oldest was paid in part, the next has been claimed, the others wait."""
    oldest: list[Claim] = sorted(
        (each for each in claims(is_open=True) if each.state == ClaimState.DUE),
        key=lambda each: (each.measurement.first, each.pk),
    )
    for number, claim in enumerate(oldest[:2]):
        agreements.claim_back(claim, reference=f"V-{number + 1:03}", at=scenario.until - 20 * DAY)
    if oldest:
        paid = -(-oldest[0].amount_minor * 3 // 4)
        agreements.record_payment(oldest[0], amount_minor=paid, at=scenario.until - 9 * DAY)


def _rehearse(scenario: Scenario) -> None:
    owner: User = demo_person(Role.OWNER.value)
    found = scenario.until - 25 * DAY
    days = {"from": (scenario.last_day - 40 * DAY).isoformat(), "until": (scenario.last_day - 30 * DAY).isoformat()}
    incident = incidents.record_incident(
        by=owner,
        at=found + HOUR,
        exercise=True,
        what={
            "fa": "تمرین: لپ‌تاپی با فهرست سفارش‌های ده روز گم شد.",
            "ar": "تمرين: فُقد حاسوب محمول فيه قائمة طلبات عشرة أيام.",
            "en": "Exercise: a laptop with the orders of ten days was lost.",
        },
        consequences={
            "fa": "کسی می‌تواند نام و نشانی خریداران را ببیند.",
            "ar": "قد يطّلع أحد على أسماء المشترين وعناوينهم.",
            "en": "Somebody may see names and addresses of buyers.",
        },
        measures={
            "fa": "دسترسی آن دستگاه بسته شد و دیسکش از دور پاک شد.",
            "ar": "أُغلق نفاذ الجهاز ومُحي قرصه عن بُعد.",
            "en": "The machine's access was closed and its disk wiped from afar.",
        },
        advice={
            "fa": "به پیام‌هایی که از شما کد یا پول می‌خواهند پاسخ ندهید.",
            "ar": "لا تجب عن رسائل تطلب منك رمزًا أو مالًا.",
            "en": "Do not answer messages that ask you for a code or for money.",
        },
        remedy={},
        categories=["name", "orders"],
        risk="some",
        scope="segment",
        chosen={**days, "region": ""},
        since=found - 3 * HOUR,
        found_at=found,
    )
    incidents.list_notices(incident, at=found + HOUR)
    incidents.tell_people(incident, at=found + 5 * HOUR)
    incidents.close_incident(incident, at=found + 6 * HOUR)


def _day(scenario: Scenario, number: int) -> datetime:
    """The first moment (UTC) of a day of the year."""
    day = scenario.first_day + number * DAY
    return datetime(day.year, day.month, day.day, tzinfo=UTC)

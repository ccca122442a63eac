"""Does it arrive before Nowruz, before Eid? By which way, how surely, and until when it can be ordered."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from vafa.delivery.festival_names import HIDDEN_UNLESS_SAID, NAMES
from vafa.delivery.models import Festival
from vafa.delivery.queries.choice import Choice, InTime, Need
from vafa.delivery.queries.honest import honest_answers
from vafa.delivery.queries.options import options
from vafa.delivery.queries.slots import moment_of, today
from vafa.delivery.sentences import of_hundred
from vafa.engine.calendars import CutOff
from vafa.engine.festivals import CODES, FestivalDay, coming, own_day
from vafa.kit.formats import text_in
from vafa.kit.problems import Text
from vafa.shop.queries import remembered, the_shop, working_calendar

AHEAD = 45  # days; before that nobody asks
MOST = 2
TRIES = 5
DAY = timedelta(days=1)


def festivals_ahead(at: datetime, *, within_days: int = AHEAD) -> list[tuple[Text, FestivalDay]]:
    """The coming festivals that the shop shows, with their names, the nearest first."""
    said = {row.code: row for row in known_festivals()}
    day = today(at)
    own = [own_day(row.code, row.day) for row in said.values() if row.day and row.shown]
    ahead = [each for each in own if day < each.day <= day + within_days * DAY]
    found = sorted([*coming(shown_codes(), day, within_days), *ahead], key=lambda each: each.day)
    return [(NAMES[each.code] if each.code in NAMES else text_in(said[each.code].name), each) for each in found]


def shown_codes() -> list[str]:
    """The known festivals that customers are told about."""
    said = {row.code: row.shown for row in known_festivals()}
    return [code for code in CODES if said.get(code, code not in HIDDEN_UNLESS_SAID)]


def known_festivals() -> list[Festival]:
    """What the owner has said of festivals. Remembered."""
    return remembered("delivery.festivals", lambda: list(Festival.objects.all()))


def before_festivals(need: Need, each: list[Choice], at: datetime) -> list[InTime]:
    """For the next festivals, two at most: whether one of these ways gets it there before."""
    offered = [choice for choice in each if choice.answer.promised_on is not None]
    return [_answered(need, offered, name, festival, at) for name, festival in festivals_ahead(at)[:MOST]]


def _answered(need: Need, offered: list[Choice], name: Text, festival: FestivalDay, at: datetime) -> InTime:
    in_time = [choice for choice in offered if choice.answer.promised_on and choice.answer.promised_on <= festival.by]
    best = max(in_time, key=lambda choice: _sureness(choice, festival.by), default=None)
    earliest = min((choice.answer.promised_on for choice in offered if choice.answer.promised_on), default=None)
    chance = None if best is None else _chance(best, festival.by)
    return InTime(
        name=name,
        day=festival.day,
        by=festival.by,
        is_certain=festival.is_certain,
        choice=best,
        earliest=earliest,
        of_hundred="" if chance is None else of_hundred(chance),
        order_until=None if best is None else _last_order(need, best, festival.by, at),
    )


def _sureness(choice: Choice, by: date) -> tuple[float, int]:
    """The surer first; of those that are alike in a hundred the cheaper."""
    return round(_chance(choice, by) or 0.0, 2), -(choice.price_minor or 0)


def _chance(choice: Choice, by: date) -> float | None:
    """How surely it is there by a day; of a window how often windows were kept."""
    answer = choice.answer
    if answer.start is None or not answer.chances:
        return answer.probability
    return answer.chances[min((by - answer.start).days, len(answer.chances) - 1)]


def _last_order(need: Need, choice: Choice, by: date, at: datetime) -> datetime | None:
    """The last cut-off from which the honest date is still in time; for windows the last one that can be ordered."""
    if choice.needs_slot:
        return max((slot.order_until for slot in choice.slots if slot.day <= by and slot.places_left), default=None)
    option = next((each for each in options() if each.code == choice.option), None)
    if option is None or choice.answer.days is None:
        return None
    clock = option.cut_off or time.fromisoformat(str(the_shop().cut_off))
    cut_off = CutOff(working_calendar(), clock)
    day, tried = by - choice.answer.days * DAY, 0
    while day >= today(at) and tried < TRIES:
        moment = moment_of(day, clock)
        if moment >= at and cut_off.counts_from(moment) == day:
            tried += 1
            answer = honest_answers(need.asked(choice.option), moment).answers.get(choice.option)
            if answer is not None and answer.promised_on is not None and answer.promised_on <= by:
                return moment
        day -= DAY
    return None

"""The tracking box: how one order stands, for whoever knows its number and a contact of it, or has its signed word."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from vafa.customers.addresses import tidy_address
from vafa.customers.models import Channel
from vafa.customers.queries import contact_points, customer
from vafa.delivery.timeline import Day, Entry
from vafa.kit.formats import format_clock, format_date, format_frequency, text_in
from vafa.kit.formats.preferences import the_language
from vafa.orders.models import Order
from vafa.orders.queries import order_numbered, recipient_of
from vafa.promises.models import State
from vafa.shop.queries import place_name, the_shop
from vafa.storefront.order_story import Story, story_of
from vafa.storefront.widget.texts import text_of

MOST_ENTRIES = 30


def order_of(number: str, contact: str) -> Order | None:
    """The order of that number, where the contact is one of its recipient or customer; else None, whatever is wrong."""
    found = order_numbered(number.strip())
    if found is None or not contact.strip():
        return None
    return found if _knows(found, contact) else None


def _knows(order: Order, contact: str) -> bool:
    recipient, person = recipient_of(order), customer(order.customer_ref)
    country = (recipient.country if recipient else "") or the_shop().holiday_country
    written = {tidy_address(channel, contact, country) for channel in (Channel.EMAIL, Channel.SMS)} - {""}
    known = {recipient.phone, recipient.email} if recipient else set()
    known |= {point.address for point in contact_points(person)} if person else set()
    return not {each.casefold() for each in written}.isdisjoint({each.casefold() for each in known})


def tracking_words() -> dict[str, str]:
    """What stands in the empty box."""
    return {
        "title": _("Where is my order?"),
        "number": _("Order number"),
        "contact": _("E-mail or phone of the order"),
        "find": _("Find it"),
        "again": _("Another order"),
        "story": _("What happened so far"),
        "whole": _("All about this order"),
    }


def order_shown(order: Order, *, at: datetime, word: str = "") -> dict[str, Any]:
    """How it stands, what is promised, what happened. Nothing of who gets it or what is in it."""
    story = story_of(order, at=at)
    state, tone = story.state
    return {
        "words": tracking_words(),
        "number": order.number,
        "state": str(state),
        "tone": tone,
        "steps": [{"words": str(words), "state": how} for words, how in story.steps] if not order.cancelled else [],
        "promise": _promise(story),
        "next": next((str(each.next) for each in story.parcels if each.next), ""),
        "days": _days(story),
        "page": reverse("storefront:order", args=[word]) if word else reverse("storefront:my"),
    }


def _promise(story: Story) -> dict[str, str] | None:
    promise = story.promise
    if promise is None:
        return None
    is_open = promise.state == State.OPEN and not promise.is_overdue
    chance = _("by what we know now, %(of)s like it come in time")
    return {
        "label": _("Our promise: with you by") if is_open else _("Promised for"),
        "iso": promise.due_on.isoformat(),
        "day": format_date(promise.due_on, style="weekday"),
        "text": chance % {"of": format_frequency(story.of_hundred, 100)}
        if story.of_hundred
        else ("" if is_open else text_of("promises/_became.html", promise=promise)),
        "late": _remedy(story) if is_open else "",
    }


def _remedy(story: Story) -> str:
    if story.cover is None:
        return ""
    terms = story.cover.version.terms
    return f"{_('If it is late:')} {text_of('promises/_remedy_rule.html', rule=terms.remedy, terms=terms)}"


def _days(story: Story) -> list[dict[str, Any]]:
    """The newest first; of a long story the newest part."""
    left, shown = MOST_ENTRIES, []
    for day in (day for parcel in story.parcels for day in parcel.days):
        entries = _entries(day)[:left]
        left -= len(entries)
        if entries:
            shown.append({"day": format_date(day.day, style="weekday"), "iso": day.day.isoformat(), "entries": entries})
    return shown


def _entries(day: Day) -> list[dict[str, str]]:
    return [_entry(each) for each in day.entries if each.promise is None]


def _entry(entry: Entry) -> dict[str, str]:
    words = f"{entry.words}: {entry.reason}" if entry.reason else f"{entry.words}"
    places = " · ".join(place_name(each, the_language(None)) for each in entry.places)
    return {"time": format_clock(entry.at, zone=the_shop().zone), "words": text_in(words), "place": places}

"""What else is a customer's own: vouchers, messages, what he agrees to, and his data."""

from __future__ import annotations

import io
import json
import zipfile

from django.contrib import messages
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vafa.customers import actions as customers
from vafa.customers.models import Channel, Customer
from vafa.customers.queries import agreed_ways, contact_points, looks, sessions_of, words_of
from vafa.kit.clock import now, real_now
from vafa.kit.http import limit_rate
from vafa.messages.models import Message, State
from vafa.messages.purposes import Purpose
from vafa.requests.actions import ask_to_be_forgotten
from vafa.requests.personal import parts
from vafa.requests.queries import erasure_of, everything_about, orders_under_way
from vafa.storefront.customer import COOKIE, customer_of, customer_required
from vafa.storefront.frame import window
from vafa.storefront.signing_in import QUARTER
from vafa.vouchers.queries import vouchers as all_vouchers

MOST = 100
OFFERS = Purpose.MARKETING.value


def _me(request: HttpRequest) -> Customer:
    """Who is signed in; `customer_required` has seen to it that somebody is."""
    person = customer_of(request)
    if person is None:
        raise RuntimeError("a page of customers without its gate")
    return person


@never_cache
@require_safe
@customer_required
def vouchers(request: HttpRequest) -> HttpResponse:
    """Every voucher, those that can be used first."""
    found = list(all_vouchers(customer_ref=_me(request).ref)[:MOST])
    rows = sorted(found, key=lambda each: not each.is_usable(now()))
    return window(request, "storefront/my_vouchers.html", {"rows": rows, "part": "vouchers"})


@never_cache
@require_safe
@customer_required
def told(request: HttpRequest) -> HttpResponse:
    """The messages that were sent, the newest first; codes to sign in are not among them."""
    mine = Message.objects.filter(customer_ref=_me(request).ref, state__in=[State.SENT, State.HELD])
    rows = mine.exclude(purpose=Purpose.SIGN_IN).order_by("-pk")[:MOST]
    return window(request, "storefront/my_messages.html", {"rows": rows, "part": "messages"})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@customer_required
def preferences(request: HttpRequest) -> HttpResponse:
    """The language of messages, and by which ways offers may come. News of orders always comes."""
    person = _me(request)
    ways = list(dict.fromkeys(point.channel for point in contact_points(person)))
    agreed = agreed_ways(words_of(person), OFFERS, ways)
    if request.method == "POST":
        for channel in ways:
            wanted = channel in request.POST.getlist("offers")
            if wanted != agreed[channel]:
                customers.set_consent(
                    person.ref, purpose=OFFERS, channel=channel, given=wanted, source="my-pages", at=now()
                )
        if (language := request.POST.get("language", "")) in {"fa", "ar", "en"}:
            customers.remember_customers([customers.CustomerRow(ref=person.ref, language=language)], at=now())
        messages.success(request, _("Kept."))
        return redirect("storefront:my-preferences")
    labels = dict(Channel.choices)
    context = {
        "person": person,
        "offers": [(channel, labels[channel], agreed[channel]) for channel in ways],
        "part": "preferences",
    }
    return window(request, "storefront/my_preferences.html", context)


@never_cache
@require_safe
@customer_required
def privacy(request: HttpRequest) -> HttpResponse:
    """What is known, who looked, and the way to a copy and to being forgotten."""
    person = _me(request)
    context = {
        "person": person,
        "contacts": contact_points(person),
        "sessions": sessions_of(person),
        "looks": looks(person.ref)[:MOST],
        "erasure": erasure_of(person.ref),
        "under_way": orders_under_way(person.ref),
        "part": "privacy",
    }
    return window(request, "storefront/my_privacy.html", context)


@never_cache
@require_POST
@customer_required
def export(request: HttpRequest) -> HttpResponse:
    """Everything that is known of the person, as JSON files in an archive, made at once."""
    person = _me(request)
    limit_rate("export", person.ref, most=5, per=QUARTER)
    notes = {part.name: part.stays for part in parts() if part.stays}
    files = {**everything_about(person.ref), "what stays after erasing": notes}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, value in files.items():
            text = json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
            archive.writestr(f"{name.replace(' ', '-')}.json", text)
    response = HttpResponse(packed.getvalue(), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="my-data-{real_now():%Y-%m-%d}.zip"'
    return response


@never_cache
@require_POST
@customer_required
def erase(request: HttpRequest) -> HttpResponse:
    """Be forgotten. Only with the box ticked: it cannot be taken back."""
    person = _me(request)
    if not request.POST.get("sure"):
        messages.error(request, _("Tick the box: this cannot be taken back."))
        return redirect("storefront:my-privacy")
    wish = ask_to_be_forgotten(person.ref, at=now())
    if wish.finished_at is None:
        messages.success(request, _("We have begun. The rest goes when your order has arrived."))
        return redirect("storefront:my-privacy")
    messages.success(request, _("You are forgotten: name, addresses and messages are erased."))
    response = redirect("storefront:my")
    response.delete_cookie(COOKIE)
    return response

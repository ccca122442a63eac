"""What people say of a product: all opinions, a question of a visitor, the opinion of a buyer."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vafa.catalog.actions import ask_inquiry
from vafa.catalog.models import Product
from vafa.catalog.queries import sheet
from vafa.delivery.queries.tracking import parcels_of
from vafa.kit import clock
from vafa.kit.formats.preferences import the_language
from vafa.kit.http import client_address, limit_rate
from vafa.kit.problems import Problem, show_in_form
from vafa.orders.actions import give_opinion
from vafa.orders.models import Opinion, OrderLine
from vafa.orders.queries import lines_of, shown_opinions
from vafa.storefront.customer import OpenOrder, order_page
from vafa.storefront.forms import InquiryForm, OpinionForm
from vafa.storefront.frame import window

HOUR = timedelta(hours=1)
PAGE, MOST_PAGES = 20, 500


@require_safe
def opinions(request: HttpRequest, code: str) -> HttpResponse:
    """Every opinion of a product that has words, the newest first."""
    found = sheet(code)
    if found is None:
        raise Http404
    typed = request.GET.get("page", "")
    number = int(typed) if typed.isascii() and typed.isdecimal() and 0 < int(typed[:4]) <= MOST_PAGES else 1
    said = list(shown_opinions(code).exclude(text="")[(number - 1) * PAGE : number * PAGE + 1])
    context = {
        "card": found.card,
        "opinions": said[:PAGE],
        "next_page": number + 1 if len(said) > PAGE else None,
        "previous_page": number - 1,
    }
    return window(request, "storefront/opinions.html", context)


@require_POST
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """A question about a product, without a name; it is shown with the answer."""
    limit_rate("inquiry", client_address(request), most=10, per=HOUR)
    product = Product.objects.filter(code=code, public=True).first() if "\x00" not in code else None
    if product is None:
        raise Http404
    form = InquiryForm(request.POST)
    if form.is_valid():
        try:
            ask_inquiry(product, form.cleaned_data["text"], language=the_language(None), at=clock.now())
        except Problem as refused:
            show_in_form(refused, form)
        else:
            messages.success(request, _("Thank you. Your question appears here together with our answer."))
            return redirect("storefront:product", code)
    return window(request, "storefront/ask.html", {"form": form, "product": product}, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@order_page
def review(request: HttpRequest, door: OpenOrder) -> HttpResponse:
    """What the buyer thinks of one line of his order (`line`, its position), once it has arrived."""
    line = _line(door, request.POST.get("line") or request.GET.get("line", ""))
    known = Opinion.objects.filter(line=line).first()
    initial = {"stars": known.stars, "text": known.text, "name": known.name} if known else {}
    form = OpinionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        limit_rate("opinion", client_address(request), most=30, per=HOUR)
        give_opinion(line, **form.cleaned_data, language=the_language(None), at=clock.now())
        waits = bool(form.cleaned_data["text"].strip())
        thanks = _("Thank you. We read it, then everybody can.") if waits else _("Thank you for your stars.")
        messages.success(request, thanks)
        return redirect(f"{door.address('opinion')}?line={line.position}")
    context = {"form": form, "line": line, "known": known, "back": door.address("")}
    return window(request, "storefront/review.html", context, status=422 if form.errors else 200)


def _line(door: OpenOrder, position: str) -> OrderLine:
    """The line of this order, a product that has arrived."""
    line = next((each for each in lines_of(door.order) if str(each.position) == position), None)
    if line is None or not line.product or not line.wanted:
        raise Http404
    if not any(parcel.delivered_at for parcel in parcels_of(door.order)):
        raise Problem("not-arrived", _("You can say what you think of it once it has arrived."), status=409)
    return line

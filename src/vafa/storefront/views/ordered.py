"""The page on which an order is confirmed."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from vafa.checkout import actions
from vafa.checkout.models import Purchase, PurchaseState
from vafa.checkout.queries import hold_of, pay_page
from vafa.checkout.queries.links import purchase_behind
from vafa.kit import clock
from vafa.kit.problems import Problem
from vafa.orders.links import order_word
from vafa.promises.queries import promises_about
from vafa.storefront.baskets import any_basket_of, forget_basket
from vafa.storefront.frame import window
from vafa.storefront.views.baskets import limit_changes


@require_http_methods(["GET", "HEAD", "POST"])
def done(request: HttpRequest, word: str) -> HttpResponse:
    """What became of a purchase: the order with its promised date; whoever has the signed word may see it.

    A POST brings the code by which the customer confirms an order that is checked first.
    """
    purchase = purchase_behind(word)
    if purchase is None:
        raise Http404
    purchase = actions.settle_purchase(purchase, at=clock.now())
    problem = _confirm(request, purchase) if request.method == "POST" else None
    is_placed = purchase.state == PurchaseState.PLACED
    about = promises_about("order", purchase.number).reverse() if is_placed else []
    promised = {each.kind: each for each in about}  # the newest of each kind
    context = {
        "purchase": purchase,
        "is_placed": is_placed,
        "is_waiting": purchase.state == PurchaseState.WAITING,
        "pay_page": pay_page(purchase) if purchase.state == PurchaseState.WAITING else "",
        "hold": hold_of(purchase.number) if is_placed and purchase.reasons else None,
        "promise": promised.get("delivery"),
        "is_told": "confirmation" in promised,
        "order_page": f"/order/{order_word(purchase.number)}/" if is_placed else "",
        "problem": problem,
        "here": reverse("storefront:checkout-done", args=[word]),
    }
    mine = any_basket_of(request)
    is_mine = is_placed and mine is not None and mine.pk == purchase.basket_id
    if is_mine:
        context["in_basket"] = 0
    response = window(request, "storefront/checkout_done.html", context, status=problem.status if problem else 200)
    if is_mine:
        forget_basket(response)
    return response


def _confirm(request: HttpRequest, purchase: Purchase) -> Problem | None:
    limit_changes(request)
    hold = hold_of(purchase.number)
    try:
        if hold is not None:
            actions.confirm_by_code(hold, request.POST.get("code", "")[:20], at=clock.now())
    except Problem as problem:
        return problem
    return None

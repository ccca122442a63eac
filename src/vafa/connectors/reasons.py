"""Why a row or a value could not be used: stable codes and sentences for people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "no-number": _("The row has no order number."),
    "number-too-long": _("The order number is longer than 64 characters."),
    "duplicate-number": _("This order number has come before; the first row was used."),
    "no-order-date": _("The row has no order date."),
    "bad-date": _("This is not a date that can be understood."),
    "date-out-of-range": _("This date lies before 1980 or in the future."),
    "ordered-in-future": _("This order is dated in the future."),
    "delivered-before-placed": _("Delivered before it was ordered: one of the two dates is wrong."),
    "handed-over-before-placed": _("Handed over before it was ordered; the date of handing over is not used."),
    "handed-over-after-delivery": _("Handed over after it was delivered; the date of handing over is not used."),
    "cancelled-and-delivered": _("Cancelled, yet it has a date of delivery; it counts as cancelled."),
    "delivered-without-date": _("Marked as delivered, but without a date; it counts as not known to have arrived."),
    "promised-before-placed": _("The promised day lies before the order; the promise is not used."),
    "other-promise": _("Another day had been promised for this order before; the first one stands."),
    "bad-lead-time": _("No number of days can be found in this delivery time."),
    "bad-number": _("This is not a number that can be used."),
    "bad-stars": _("A review has one to five stars."),
    "older-review": _("The order has a newer review; this one is not used."),
    "unknown-order": _("There is no such order in the orders file."),
    "no-customer-row": _("The order has no row in the customers file, so its place is not known."),
    "no-items": _("The order has no row in the items file, so its seller is not known."),
    "unknown-seller": _("The seller has no row in the sellers file, so the place of origin is not known."),
    "too-many-cells": _("The row has more cells than there are columns."),
    "unknown-country": _("This country is not known."),
    "no-code": _("The row has no code of a product."),
    "code-too-long": _("The code is too long: 80 letters for a product, 64 for an article."),
    "code-taken": _("Another code in this file differs from this one only in signs that an address cannot hold."),
    "same-article": _("This article has come before; the first row was used."),
    "article-elsewhere": _("This article belongs to another product already."),
    "no-title": _("The product is new and the row has no title."),
    "bad-price": _("A price is above nothing and below a thousand million millions."),
    "below-reserved": _("Orders that have not left hold more pieces than these; the stock stays as it was."),
}

"""Every address: rooms bring their own, this page gives them their place."""

from __future__ import annotations

from django.urls import include, path

from vafa.config.health import health

urlpatterns = [
    path("healthz", health),
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("vafa.accounts.urls")),
    path("", include("vafa.shop.urls")),
    path("", include("vafa.console.urls")),
    path("", include("vafa.opening.urls")),
    path("", include("vafa.storefront.urls")),
    path("", include("vafa.connectors.urls")),
    path("", include("vafa.fulfilment.urls")),
    path("", include("vafa.orders.urls")),
    path("", include("vafa.checkout.urls")),
    path("", include("vafa.delivery.urls")),
    path("agreements/", include("vafa.agreements.urls")),
    path("incidents/", include("vafa.incidents.urls")),
    path("", include("vafa.requests.urls")),
    path("", include("vafa.catalog.urls")),
    path("", include("vafa.promises.urls")),
    path("", include("vafa.payments.urls")),
    path("", include("vafa.vouchers.urls")),
    path("", include("vafa.visits.urls")),
    path("", include("vafa.messages.urls")),
    path("", include("vafa.jobs.urls")),
    path("", include("vafa.demo.urls")),
    path("api/", include("vafa.api.urls")),
    path("", include("vafa.kit.urls")),
]

handler400 = "vafa.kit.errors.bad_request"
handler403 = "vafa.kit.errors.forbidden"
handler404 = "vafa.kit.errors.not_found"
handler500 = "vafa.kit.errors.failed"

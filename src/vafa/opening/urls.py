"""Addresses of the opening room."""

from __future__ import annotations

from django.urls import path

from vafa.opening import views

app_name = "opening"
urlpatterns = [
    path("first-steps/", views.begin, name="begin"),
    path("first-steps/shop/", views.shop, name="shop"),
    path("first-steps/place/", views.place, name="place"),
    path("first-steps/hours/", views.hours, name="hours"),
    path("first-steps/products/", views.products, name="products"),
    path("first-steps/delivery/", views.delivery, name="delivery"),
    path("first-steps/payment/", views.payment, name="payment"),
    path("first-steps/open/", views.opened, name="open"),
    path("first-steps/later/<slug:step>/", views.later, name="later"),
    path("first-steps/dismiss/", views.dismiss, name="dismiss"),
]

"""Addresses of the shop room."""

from __future__ import annotations

from django.urls import path

from vafa.shop import views

app_name = "shop"
urlpatterns = [
    path("settings/", views.general, name="settings"),
    path("settings/hours/", views.hours, name="hours"),
    path("settings/holidays/", views.holidays, name="holidays"),
    path("settings/stated-times/", views.stated_times, name="stated-times"),
    path("settings/place-names/", views.place_names, name="place-names"),
    path("settings/pages/", views.page_texts, name="page-texts"),
    path("settings/pages/<slug:page>/", views.page_texts, name="page-text"),
]

"""Addresses of the room of incidents."""

from __future__ import annotations

from django.urls import path

from vafa.incidents import views

app_name = "incidents"
urlpatterns = [
    path("", views.listing, name="list"),
    path("new/", views.new, name="new"),
    path("rules/", views.rules, name="rules"),
    path("rules/new/", views.rule, name="new-rule"),
    path("rules/<slug:code>/", views.rule, name="rule"),
    path("<uuid:public_id>/", views.incident, name="incident"),
    path("<uuid:public_id>/texts/", views.texts, name="texts"),
    path("<uuid:public_id>/told-another-way/", views.told_another_way, name="told-another-way"),
    path("<uuid:public_id>/notices/<int:pk>/told/", views.told, name="told"),
    path("<uuid:public_id>/notices/<int:pk>/not-needed/", views.not_needed, name="not-needed"),
    path("<uuid:public_id>/<str:step>/", views.move, name="move"),
]

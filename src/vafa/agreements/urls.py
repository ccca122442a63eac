"""Addresses of the room of agreements."""

from __future__ import annotations

from django.urls import path

from vafa.agreements.views import papers, partners, uptime

app_name = "agreements"
urlpatterns = [
    path("", partners.listing, name="list"),
    path("credits/", partners.credits, name="credits"),
    path("credits/<int:pk>/<str:step>/", partners.move_credit, name="move-credit"),
    path("partners/new/", partners.new, name="new-partner"),
    path("partners/<slug:code>/", partners.partner, name="partner"),
    path("partners/<slug:code>/edit/", partners.edit, name="edit-partner"),
    path("partners/<slug:code>/agreement/", papers.new, name="new-agreement"),
    path("uptime/", uptime.listing, name="uptime"),
    path("uptime/new/", uptime.new, name="new-probe"),
    path("uptime/maintenance/", uptime.maintenance, name="maintenance"),
    path("uptime/maintenance/<int:pk>/off/", uptime.call_off, name="call-off"),
    path("uptime/<int:pk>/", uptime.probe, name="probe"),
    path("uptime/<int:pk>/switch/", uptime.switch, name="switch-probe"),
    path("<uuid:public_id>/", papers.agreement, name="agreement"),
    path("<uuid:public_id>/edit/", papers.edit, name="edit-agreement"),
    path("<uuid:public_id>/levels/new/", papers.level, name="new-level"),
    path("<uuid:public_id>/levels/<int:position>/", papers.level, name="level"),
    path("<uuid:public_id>/levels/<int:position>/answers/", papers.answer, name="answer"),
    path("<uuid:public_id>/<str:step>/", papers.move, name="move"),
]

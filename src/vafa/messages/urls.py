"""Addresses of the messages room."""

from __future__ import annotations

from django.urls import path

from vafa.messages.views import gateways, leaving, outbox, texts

app_name = "messages"
urlpatterns = [
    path("messages/", outbox.outbox, name="outbox"),
    path("messages/gateways/", gateways.gateways, name="gateways"),
    path("messages/gateways/add/<slug:kind>/", gateways.add, name="add-gateway"),
    path("messages/gateways/<int:pk>/", gateways.gateway, name="gateway"),
    path("messages/gateways/<int:pk>/pattern/", gateways.set_pattern, name="set-pattern"),
    path("messages/gateways/<int:pk>/up/", gateways.move_up, name="move-up"),
    path("messages/gateways/<int:pk>/remove/", gateways.remove, name="remove-gateway"),
    path("messages/texts/", texts.texts, name="texts"),
    path("messages/texts/<str:name>/<str:language>/", texts.text, name="text"),
    path("messages/texts/<str:name>/<str:language>/test/", texts.send_test, name="send-test"),
    path("messages/rules/", texts.rules, name="rules"),
    path("messages/rules/switch/", texts.switch, name="switch"),
    path("messages/<uuid:public_id>/", outbox.message_page, name="message"),
    path("messages/<uuid:public_id>/arrived/", outbox.arrived, name="arrived"),
    path("messages/<uuid:public_id>/again/", outbox.again, name="again"),
    path("messages/<uuid:public_id>/drop/", outbox.drop, name="drop"),
    path("messages/<uuid:public_id>/release/", outbox.release, name="release"),
    path("unsubscribe/<str:word>/", leaving.leave, name="leave"),
]

"""Addresses of the accounts room."""

from __future__ import annotations

from django.urls import path

from vafa.accounts.views import signing_in, staff, tokens

app_name = "accounts"
urlpatterns = [
    path("sign-in/", signing_in.sign_in, name="sign-in"),
    path("sign-out/", signing_in.sign_out, name="sign-out"),
    path("password/", signing_in.password, name="password"),
    path("welcome/<str:word>/", signing_in.welcome, name="welcome"),
    path("staff/", staff.staff, name="staff"),
    path("staff/<int:pk>/role/", staff.change_role, name="change-role"),
    path("staff/<int:pk>/deactivate/", staff.deactivate, name="deactivate"),
    path("staff/<int:pk>/activate/", staff.activate, name="activate"),
    path("tokens/", tokens.tokens, name="tokens"),
    path("tokens/<int:pk>/revoke/", tokens.revoke, name="revoke-token"),
]

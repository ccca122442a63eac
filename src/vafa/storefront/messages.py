"""What the window itself sends."""

from __future__ import annotations

from vafa.messages.purposes import Purpose
from vafa.messages.registry import Kind, MessageTemplate, Value

CODE = MessageTemplate(
    name="storefront.code",
    purpose=Purpose.SIGN_IN,
    labels={"fa": "کد ورود", "ar": "رمز الدخول", "en": "Code to sign in"},
    when={
        "fa": "وقتی مشتری می‌خواهد با شماره یا ایمیلش وارد شود.",
        "ar": "حين يريد العميل الدخول برقمه أو بريده.",
        "en": "When a customer wants to sign in with his phone or e-mail.",
    },
    values={"code": Value(Kind.TEXT, "the code, good for ten minutes", "482913")},
)

"""A plain django-oscar shop as its guide sets one up, for serving: no debugging, templates kept, files on SQLite."""

from __future__ import annotations

import os
from pathlib import Path

from oscar import INSTALLED_APPS as OF_OSCAR
from oscar.defaults import *  # noqa: F403 - the way its guide gives

FOLDER = Path(os.environ["BESIDE_FOLDER"])
OSCAR_PRODUCTS_PER_PAGE = int(os.environ["BESIDE_A_PAGE"])
OSCAR_DEFAULT_CURRENCY = "EUR"

SECRET_KEY = "only for a measurement that lasts a minute, never served"
ALLOWED_HOSTS = ["localhost"]
ROOT_URLCONF = "oscar_urls"
INSTALLED_APPS = [*OF_OSCAR, "sorl.thumbnail"]
SITE_ID = 1
USE_TZ = True
LANGUAGE_CODE = "en"
STATIC_URL = "/static/"
MEDIA_ROOT, MEDIA_URL = FOLDER / "media", "/media/"
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
AUTHENTICATION_BACKENDS = [
    "oscar.apps.customer.auth_backends.EmailBackend",
    "django.contrib.auth.backends.ModelBackend",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "oscar.apps.basket.middleware.BasketMiddleware",
    "django.contrib.flatpages.middleware.FlatpageFallbackMiddleware",
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": FOLDER / "oscar.sqlite3",
        "ATOMIC_REQUESTS": True,
        "OPTIONS": {
            # what the other shop's database is given
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536;"
        },
    }
}
# the guide's search engine finds nothing by category; this one is that of oscar's own sandbox, its costly spelling off
HAYSTACK_CONNECTIONS = {
    "default": {
        "ENGINE": "haystack.backends.whoosh_backend.WhooshEngine",
        "PATH": str(FOLDER / "index"),
        "INCLUDE_SPELLING": False,
    }
}
HAYSTACK_SIGNAL_PROCESSOR = "haystack.signals.BaseSignalProcessor"  # the index is made once, after the filling
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,  # which keeps compiled templates where DEBUG is off
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "oscar.apps.search.context_processors.search_form",
                "oscar.apps.checkout.context_processors.checkout",
                "oscar.apps.communication.notifications.context_processors.notifications",
                "oscar.core.context_processors.metadata",
            ],
        },
    }
]

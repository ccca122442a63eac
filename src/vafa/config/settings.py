"""All settings, from `VAFA_…` variables only; each is described in docs/operate/settings.md."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from vafa.config import environment, servers, sqlite
from vafa.config.backup.resuming import finish_restore

sqlite.use_good_build()

PACKAGE = Path(__file__).resolve().parent.parent

# --- where things are
HOME = environment.folder("VAFA_HOME", Path.home() / ".local" / "share" / "vafa")
PUBLIC_URL = environment.web_address("VAFA_PUBLIC_URL", "http://127.0.0.1:8000")
BACKUPS = environment.text("VAFA_BACKUPS") or str(HOME / "backups")
BACKUPS_KEEP = environment.number("VAFA_BACKUPS_KEEP", 7, least=0, most=3650)  # days; 0: no daily backup
PROBE_ADDRESSES = environment.web_addresses("VAFA_PROBE_ADDRESSES")
DEBUG = environment.switch("VAFA_DEBUG", default=False)


# --- database
def _database() -> dict[str, Any]:
    chosen = environment.database("VAFA_DATABASE_URL", f"sqlite:///{HOME / 'vafa.sqlite3'}")
    if "sqlite" not in chosen["ENGINE"]:
        return {**chosen, "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-65536;"
    pragmas += "PRAGMA recursive_triggers=ON;"  # INSERT OR REPLACE must not slip past the ledger's delete trigger
    options = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas}
    return {**chosen, "OPTIONS": options, "CONN_MAX_AGE": None}


DATABASES = {"default": _database()}
finish_restore(HOME, DATABASES["default"])  # before anything of what it brings is read


# --- secrets
def _secret_key() -> str:
    """`VAFA_SECRET_KEY`, or one made at the first start and kept in the data folder."""
    if given := environment.text("VAFA_SECRET_KEY"):
        if len(given) < 32:
            raise environment.BadVariable("VAFA_SECRET_KEY", "must have at least 32 characters")
        return given
    return environment.kept_secret(HOME / "secret-key")


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = environment.hosts("VAFA_ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
PLAIN_HTTP = PUBLIC_URL.startswith("http://")

# --- rooms, high to low
ROOMS = [
    "config",
    "demo",
    "opening",
    "console",
    "storefront",
    "api",
    "connectors",
    "agreements",
    "incidents",
    "requests",
    "fulfilment",
    "checkout",
    "delivery",
    "orders",
    "catalog",
    "payments",
    "promises",
    "messages",
    "visits",
    "vouchers",
    "customers",
    "accounts",
    "shop",
    "jobs",
    "kit",
]
INSTALLED_APPS = [
    *[f"vafa.{room}" for room in ROOMS],
    "vafa.accounts.without_permissions.UsersOnly",
    "vafa.accounts.without_permissions.WithoutRows",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "axes",
    "csp",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "vafa.api.errors.JsonErrorsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "vafa.shop.memory.ShopMiddleware",
    "vafa.shop.language.ShopLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "vafa.config.front.welcome_strangers",
    "django.contrib.messages.middleware.MessageMiddleware",
    "vafa.accounts.once.OnceMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "vafa.kit.problems.ProblemMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "vafa.config.urls"
WSGI_APPLICATION = None
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


BROKER_URL = servers.broker("VAFA_BROKER_URL")  # empty: one worker looks at the table itself
CACHES = {"default": servers.shared_cache("VAFA_CACHE_URL")}
DJANGO_REDIS_LOG_IGNORED_EXCEPTIONS = True

# --- pages
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "vafa.shop.context.shop",
                "vafa.config.navigation.navigation",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django_cotton.cotton_loader.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django_cotton.templatetags.cotton",
                "vafa.kit.templatetags.formats",
                "vafa.kit.templatetags.interface",
                "vafa.kit.templatetags.remembering",
                "vafa.shop.templatetags.places",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # so that the kit writes the errors of forms
STATIC_URL = "static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = HOME / "files"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

# --- languages: the source is English; times are stored in UTC and shown in the shop's zone
LANGUAGE_CODE = "en"
LANGUAGES = [("fa", "فارسی"), ("ar", "العربية"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
CLOCK_SHIFT_DAYS = environment.decimal("VAFA_CLOCK_SHIFT_DAYS", 0, least=-36_500, most=36_500)  # read by kit.clock
TIME_ZONE = "UTC"
LANGUAGE_COOKIE_AGE = 365 * 86400

# --- people
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "console:home"
LOGOUT_REDIRECT_URL = "accounts:sign-in"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "accounts/locked.html"
AXES_VERBOSE = False
AXES_RESET_ON_SUCCESS = True

# --- safety
TRUSTED_PROXIES = environment.networks("VAFA_TRUSTED_PROXIES", "127.0.0.1")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not PLAIN_HTTP
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0 if PLAIN_HTTP else 30 * 86400
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "vafa.kit.errors.csrf_failed"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
API_REQUESTS_PER_MINUTE = environment.number("VAFA_API_REQUESTS_PER_MINUTE", 6000, least=1, most=1_000_000)  # a token
VISITS_MEASURED = environment.decimal("VAFA_VISITS_MEASURED", 1, least=0, most=1)  # the share of pages that measure
TOROB_KEY = environment.public_key("VAFA_TOROB_KEY")
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
TRACKING_RAW_DAYS = environment.number(
    "VAFA_TRACKING_RAW_DAYS", 90, least=1, most=3650
)  # raw messages are kept so long
MAX_UPLOAD_BYTES = environment.number("VAFA_MAX_UPLOAD_MB", 64, least=1, most=2048) * 1024 * 1024

# --- mail: by these variables, or by a gateway that the owner sets up in the console
SMTP = {
    "host": environment.text("VAFA_SMTP_HOST"),
    "port": str(environment.number("VAFA_SMTP_PORT", 587, least=1, most=65_535)),
    "security": environment.text("VAFA_SMTP_SECURITY", "starttls"),
    "user": environment.text("VAFA_SMTP_USER"),
    "password": environment.text("VAFA_SMTP_PASSWORD"),
    "sender": environment.text("VAFA_MAIL_FROM"),
}
if SMTP["security"] not in {"starttls", "tls", "none"}:
    raise environment.BadVariable("VAFA_SMTP_SECURITY", "must be one of starttls, tls, none")
if SMTP["host"] and "@" not in SMTP["sender"]:
    raise environment.BadVariable("VAFA_MAIL_FROM", "must be the sender's mail address where VAFA_SMTP_HOST is given")

# --- logs: one line each, to standard error; never a secret or a customer's data
LOG_LEVEL = environment.text("VAFA_LOG_LEVEL", "WARNING").upper()
if LOG_LEVEL not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
    raise environment.BadVariable("VAFA_LOG_LEVEL", "must be one of DEBUG, INFO, WARNING, ERROR")


def _without_traceback(record: logging.LogRecord) -> bool:
    """Anybody can ask under a wrong name, as often as he likes: that is worth a line, not a page."""
    record.exc_info = None
    return True


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "filters": {"one_line": {"()": "django.utils.log.CallbackFilter", "callback": _without_traceback}},
    "loggers": {"django.security.DisallowedHost": {"filters": ["one_line"]}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
}

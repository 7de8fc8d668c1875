"""Settings: from the environment only, and safe when nothing is set.

What a partnership decides about itself (its name, brand, prefix, recipients, decision rules) is a row in
`accounts.Partnership`, not a setting.
"""

import os
import secrets
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from kombu import Exchange, Queue

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

DEMO = env.bool("DEMO", default=False)
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var")))
DEBUG = False


def _demo_secret() -> str:
    """A random key of this demo's own, kept so that a restart does not sign everyone out."""
    kept = DATA_DIR / "demo-secret"
    if not kept.exists():
        DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(50))
    return kept.read_text()


SECRET_KEY = env.str("SECRET_KEY", default="") or (_demo_secret() if DEMO else "")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is not set. Put a long random value in the environment, for example the output of: "
        "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'. "
        "To look at the product with fictional data instead, use --demo."
    )
if not DEMO and len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("SECRET_KEY must be 50 characters or more.")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])

# The audit chain is keyed apart from SECRET_KEY, so that rotating one leaves the other verifiable.
# id:key pairs, newest first; every older pair stays listed for as long as events signed with it are kept.
AUDIT_KEYS = env.list("AUDIT_KEYS", default=[f"{'demo' if DEMO else 'secret'}:{SECRET_KEY}"])

PORT = env.int("PORT", default=8000)
SITE_URL = env.str("SITE_URL", default=f"http://127.0.0.1:{PORT}").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])
if "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS must name the hosts this site answers to; * is not accepted.")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# Only set behind a proxy that always overwrites X-Forwarded-Proto and X-Forwarded-For.
TRUST_PROXY = env.bool("TRUST_PROXY", default=False)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "crispy_forms",
    "django_filters",
    "simple_history",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "govuk",
    "audit",
    "documents",
    "accounts",
    "cases",
    "deadlines",
    "decisions",
    "improvements",
    "publications",
    "agency_returns",
    "notifications.incident",
    "notifications.register",
    "notifications.reminders",
    "referrals",
    "rapid_reviews",
    "lcspr",
    "caseload",
    "config.apps.SwitchboardConfig",
    *(["demo"] if DEMO else []),
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # Before the static files, so that these headers stand on them too.
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "accounts.middleware.ResponseHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    # Who acts; then whether the session still holds; then whether this person may pass at all.
    "accounts.middleware.Standings",
    "accounts.middleware.Sessions",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "accounts.middleware.SecondFactor",
    "accounts.middleware.HoldsSomething",
    "accounts.middleware.Refusals",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
X_FRAME_OPTIONS = "DENY"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "accounts.context.house",
                "config.context.navigation",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["govuk"]
CRISPY_TEMPLATE_PACK = "govuk"

# --- what is kept ---------------------------------------------------------------------------------------------
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'safeguarding-reviews.sqlite3'}")}
_database = DATABASES["default"]
_database["ATOMIC_REQUESTS"] = False
if _database["ENGINE"].endswith("sqlite3"):
    # Without IMMEDIATE, four people saving at once get "database is locked".
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
    if _database["NAME"] == str(DATA_DIR / "safeguarding-reviews.sqlite3"):
        DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
else:
    _database["CONN_MAX_AGE"] = 60
    _database["CONN_HEALTH_CHECKS"] = True
    _database.setdefault("OPTIONS", {}).setdefault(
        "options", "-c statement_timeout=30000 -c lock_timeout=15000 -c idle_in_transaction_session_timeout=60000"
    )
    _database["OPTIONS"].setdefault("connect_timeout", 4)

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "rate_limits"}}
MEDIA_ROOT = DATA_DIR / "papers"
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
CLAMD_SOCKET = env.str("CLAMD_SOCKET", default="")
UPLOAD_MAX_BYTES = env.int("UPLOAD_MAX_MB", default=20) * 1024 * 1024

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- people ---------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
# One backend: a second would hash the password a second time for some addresses and not for others.
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "accounts.passwords.NotLikeYou",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": "accounts.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "accounts.passwords.NotCommon"},
    {"NAME": "accounts.passwords.NotOurName"},
    {"NAME": "accounts.passwords.NotTooSimple"},
]
PASSWORD_RESET_TIMEOUT = 3600
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "caseload:desk"
LOGOUT_REDIRECT_URL = "publications:start"
# Where a person signed in by an e-mailed code finds their own things.
CORRESPONDENT_HOME = "referrals:list"
ACCOUNT_ADAPTER = "accounts.adapter.Adapter"
ACCOUNT_FORMS = {
    "login": "accounts.forms.sign_in.SignIn",
    "reauthenticate": "accounts.forms.sign_in.ProveAgain",
    "reset_password": "accounts.forms.sign_in.AskForReset",
    "reset_password_from_key": "accounts.forms.sign_in.ChooseNewPassword",
    "change_password": "accounts.forms.sign_in.ChangePassword",
    "user_token": "accounts.forms.sign_in.ResetLink",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
# Addresses are proved by our own codes and invitations before there is an account.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Every other session ends by itself when the password changes; the one it is changed in goes on.
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_DEFAULT_HTTP_PROTOCOL = SITE_URL.split(":")[0]
ACCOUNT_RATE_LIMITS = {
    "login_failed": "8/15m/key,40/15m/ip",
    "login": "60/m/ip",
    "emailed_code": "5/15m/key,30/15m/ip",
    "emailed_code_try": "10/15m/key,60/15m/ip",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if TRUST_PROXY else 0
MFA_ADAPTER = "accounts.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "accounts.forms.second_factor.EnterCode",
    "reauthenticate": "accounts.forms.second_factor.EnterCodeAgain",
    "activate_totp": "accounts.forms.second_factor.ConfirmApp",
    "deactivate_totp": "accounts.forms.second_factor.RemoveApp",
    "add_webauthn": "accounts.forms.second_factor.AddPasskey",
}
# Recovery codes are our own (accounts.recovery): allauth keeps the seed of its codes, not their hashes.
MFA_SUPPORTED_TYPES = ["totp", "webauthn"]
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_PASSKEY_LOGIN_ENABLED = False
# Everyone but a person signed in by an e-mailed code has a second factor; only the demo goes without.
SECOND_FACTOR_REQUIRED = not DEMO
SOCIALACCOUNT_ENABLED = env.bool("OIDC_ENABLED", default=False)
SOCIALACCOUNT_ADAPTER = "accounts.adapter.OrganisationAdapter"
OIDC_SERVER_URL = env.str("OIDC_SERVER_URL", default="")
OIDC_ORIGIN = "/".join(OIDC_SERVER_URL.split("/")[:3]) if SOCIALACCOUNT_ENABLED else ""
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "APPS": [
            {
                "provider_id": env.str("OIDC_PROVIDER_ID", default="organisation"),
                "name": env.str("OIDC_NAME", default="Your organisation"),
                "client_id": env.str("OIDC_CLIENT_ID", default=""),
                "secret": env.str("OIDC_CLIENT_SECRET", default=""),
                "settings": {"server_url": OIDC_SERVER_URL},
            }
        ]
        if SOCIALACCOUNT_ENABLED
        else []
    }
}
# Minutes without activity: people who hold cases, and people who only refer.
IDLE_MINUTES = env.int("IDLE_MINUTES", default=15)
IDLE_MINUTES_REFERRER = env.int("IDLE_MINUTES_REFERRER", default=30)
SESSION_HOURS = env.int("SESSION_HOURS", default=12)

# --- browser --------------------------------------------------------------------------------------------------
SECURE_COOKIES = not DEMO
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
SESSION_COOKIE_NAME = "__Host-session" if SECURE_COOKIES else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE_COOKIES else "csrf"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = SESSION_HOURS * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_FAILURE_VIEW = "accounts.refusals.csrf_failure"
SECURE_SSL_REDIRECT = SECURE_COOKIES
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 0 if DEMO else 63072000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not DEMO
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if TRUST_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        # A form that leads on to an organisation's own sign-in page is followed there too.
        "form-action": [SELF, *([OIDC_ORIGIN] if OIDC_ORIGIN else [])],
        "frame-ancestors": [NONE],
    }
}

# --- letters --------------------------------------------------------------------------------------------------
EMAIL_SUBJECT_PREFIX = ""
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="safeguarding-reviews@example.org")
EMAIL_TIMEOUT = 10
if DEMO and "EMAIL_URL" not in os.environ:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA_DIR / "mail"
else:
    vars().update(env.email_url("EMAIL_URL", default="smtp://127.0.0.1:25"))
# Nobody is mailed a traceback: it could carry what was typed.
ADMINS: list[str] = []
MANAGERS: list[str] = []

# --- work in the background -----------------------------------------------------------------------------------
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default="memory://localhost/")
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
# Said to be done only when it is done: what a killed worker had taken is given to another.
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 240
# Two queues, so that a long paper can be kept from holding up a reminder. One worker takes from both.
CELERY_TASK_DEFAULT_QUEUE = "messages"
CELERY_TASK_QUEUES = tuple(Queue(name, Exchange(name), routing_key=name) for name in ("messages", "papers"))
CELERY_TASK_ROUTES = {"documents.tasks.*": {"queue": "papers"}}
# Asked to stop, a worker ends what it has begun; told to stop at once, it still has this many seconds.
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 30
CELERY_WORKER_ENABLE_SOFT_SHUTDOWN_ON_IDLE = True
# Typesetting leaves memory behind; a fresh process gives it back.
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
CELERY_TIMEZONE = "UTC"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = (
    # Twice the time limit: a task that still runs is never handed out a second time.
    {"visibility_timeout": 600, "socket_timeout": 5, "socket_connect_timeout": 2, "socket_keepalive": True}
    if CELERY_BROKER_URL.startswith("redis")
    # How often the in-memory queue is looked at, in seconds: a task begins at once, as far as a person can tell.
    else {"polling_interval": 0.1}
)
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
SWEEP_SECONDS = env.int("SWEEP_SECONDS", default=60)

# --- time and words -------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"reference_only": {"()": "config.logs.ReferenceOnly"}},
    "formatters": {"json": {"()": "config.logs.OneLineJson"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["reference_only"]}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "INFO", "propagate": True},
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
    },
}

"""All settings. Each is read from the environment with a default that is safe on one PC; see docs/settings.md."""

import secrets
from datetime import timedelta
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from mudmai.site import env

HOME = env.made_home()
# Where this file lies, the people are invented and every page says so.
DEMO_MARK = HOME / "invented-people"
PACKAGE = Path(__file__).resolve().parents[1]

DEBUG = env.flag("MUDMAI_DEBUG")
ALLOWED_HOSTS = env.words("MUDMAI_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.words("MUDMAI_ORIGINS", [])
HTTPS = env.flag("MUDMAI_HTTPS")


def secret_key() -> str:
    """The signing key, made once and kept in the home folder, readable by its owner only."""
    given = env.text("MUDMAI_SECRET_KEY")
    if given:
        return given
    path = HOME / "secret-key"
    if not path.exists():
        fresh = HOME / f"secret-key.{secrets.token_hex(4)}"
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(48))
        fresh.rename(path)
    return path.read_text()


SECRET_KEY = secret_key()
KEYRING = Path(env.text("MUDMAI_KEYRING") or HOME / "keyring.json")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "mudmai.accounts",
    "mudmai.audit",
    "mudmai.places",
    "mudmai.access",
    "mudmai.people",
    "mudmai.linkage",
    "mudmai.intake",
    "mudmai.surveys",
    "mudmai.assembly",
    "mudmai.needs",
    "mudmai.rights",
    "mudmai.pages",
    "mudmai.integrations",
    "mudmai.site",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "mudmai.site.middleware.language",
    "mudmai.site.middleware.private_pages",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "mudmai.site.middleware.RefusalsInWords",
    "mudmai.site.middleware.read_only_get",
]

ROOT_URLCONF = "mudmai.site.urls"
WSGI_APPLICATION = "mudmai.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "pages" / "templates"],  # our sign-in pages come before allauth's own
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "mudmai.pages.context.shell",
            ],
        },
    }
]

DATABASES = {"default": env.database(env.text("DATABASE_URL"), HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 2000}}}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "mudmai.access.signin.NoSignup"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Mudmai"

LANGUAGE_CODE = env.one_of("MUDMAI_LANGUAGE", ["th", "en"])
LANGUAGES = [("th", _("Thai")), ("en", _("English"))]
# The kernel is pure Python and no Django app; its sentences are found here.
LOCALE_PATHS = [PACKAGE / "kernel/locale"]
LANGUAGE_COOKIE_NAME = "mudmai_language"
TIME_ZONE = "Asia/Bangkok"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATIC_ROOT.mkdir(exist_ok=True)  # WhiteNoise warns where it is missing
# The built assets carry a hash in their names already, so no manifest of Django's is needed.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/(dist|field)/assets/.+-[\w-]{8}\.\w+$"
MEDIA_ROOT = HOME / "files"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# A file that waits to be looked over outlasts holidays and a sick leave; what nobody went on with by then is not
# needed, and personal data that is not needed is not kept (พ.ร.บ.คุ้มครองข้อมูลส่วนบุคคล พ.ศ. 2562 ม. 37 (3)).
KEEP_ABANDONED_UPLOADS = timedelta(days=30)
# A long list that was written as a file waits for the one who asked, over a day off; it can be made again.
KEEP_EXPORTS = timedelta(days=2)

# Regular work of the modules: dotted name of a function, and how long to wait between two runs (see site.chores).
CHORES: dict[str, timedelta] = {
    # A list half taken back shows wrong numbers: soon after the start of the worker it is whole again.
    "mudmai.people.services.finish_turns": timedelta(minutes=5),
    "mudmai.linkage.services.ask_about_alike_houses": timedelta(days=7),
    "mudmai.intake.services.clear_abandoned": timedelta(days=1),
    "mudmai.pages.services.clear_exports": timedelta(hours=6),
    "mudmai.surveys.services.settle_what_was_left": timedelta(minutes=5),
    "mudmai.surveys.services.clear_old_bundles": timedelta(days=1),
    # Ages and cards move with the day alone; what a crash left due is done soon after the start.
    "mudmai.needs.services.assess_daily": timedelta(days=1),
    "mudmai.needs.services.keep_monthly": timedelta(days=1),
    "mudmai.rights.services.evaluate_daily": timedelta(days=1),
}

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
# Proxies and monitors on the same machine ask without HTTPS.
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "worker-src": ["'self'"],
        "connect-src": ["'self'"],
        "font-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 2**20
FILE_UPLOAD_MAX_MEMORY_SIZE = 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env.text("MUDMAI_LOG", "WARNING")},
}

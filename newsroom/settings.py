"""The one settings file. Every value that differs between sites comes from the environment; `docs/settings.md`
lists them. Safe by default: without any variable set this is a production site that answers on this machine only.
"""

from pathlib import Path
from urllib.parse import quote, urlsplit

from newsroom import environment as env
from newsroom import secret_key, servers

BASE_DIR = Path(__file__).resolve().parent.parent

# All that the site writes lies here: database, pictures, stamps, collected static files, the secret key.
VAR_DIR = env.folder("VAR_DIR", BASE_DIR / "var")
try:
    VAR_DIR.mkdir(parents=True, exist_ok=True)
except OSError as error:
    raise env.BadSetting(f"VAR_DIR is {str(VAR_DIR)!r}: no such folder can be made ({error.strerror}).") from None

DEBUG = env.flag("DEBUG")


def _secret_key() -> str:
    """SECRET_KEY, else the key that `manage.py start` made and kept for this machine."""
    key = env.text("SECRET_KEY") or secret_key.kept(VAR_DIR)
    if not key and DEBUG:
        key = "only-for-development-" * 3
    if not key:
        raise env.BadSetting(
            "SECRET_KEY is not set: set it to 50 random characters, or run `make run` once, which makes one."
        )
    if len(key) < 32:
        raise env.BadSetting("SECRET_KEY is shorter than 32 characters: use 50 random ones.")
    return key


SECRET_KEY = _secret_key()

# --- where the site is -----------------------------------------------------------------------------------------

PORT = env.number("PORT", 8000, least=1, most=65535)  # where `make run` serves, on this machine
SITE_URL = env.web_address("SITE_URL", f"http://127.0.0.1:{PORT}")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", f"localhost 127.0.0.1 [::1] {urlsplit(SITE_URL).hostname}")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS", SITE_URL)
_HTTPS = SITE_URL.startswith("https://")

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"

# --- what it is made of ----------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "taggit",  # before the articles, whose desk takes taggit's own admin away
    "articles",
    "authors",
    "images",
    "newsroom",
    "django_prose_editor",  # the body's editor at the desk
    "newsroom.site.DeskConfig",  # django.contrib.admin, with our first page
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "newsroom.middleware.content_security_policy",
    "newsroom.middleware.refuse_nul",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    # Within CommonMiddleware, which would send /old-story to /old-story/ before the redirect of /old-story is seen.
    "newsroom.middleware.old_addresses",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "newsroom.collisions.TellOfCollisions",
]

# A folder of a site's own: its templates/ come before ours, path by path, its static/ beside ours (docs/theming.md).
THEME_DIR = Path(env.text("THEME_DIR")).resolve() if env.text("THEME_DIR") else None

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [*([THEME_DIR / "templates"] if THEME_DIR else []), BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "newsroom.context_processors.site",
                "articles.pages.context.navigation",
            ],
        },
    },
]

# --- what it keeps ---------------------------------------------------------------------------------------------

DATABASES = {"default": env.database("DATABASE_URL", f"sqlite:///{quote(str(VAR_DIR))}/newsroom.sqlite3", BASE_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.text("REDIS_URL")
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    )
}

# The renditions, which everybody may see, and the originals, which nobody outside the desk may.
MEDIA_ROOT = env.folder("MEDIA_ROOT", VAR_DIR / "media")
MEDIA_URL = "/media/"
ORIGINALS_ROOT = env.folder("ORIGINALS_ROOT", VAR_DIR / "originals")

STATIC_ROOT = env.folder("STATIC_ROOT", VAR_DIR / "static")
STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "newsroom.storage.WholeFiles"},
    "originals": {"BACKEND": "newsroom.storage.PrivateFiles"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
STATICFILES_DIRS = [THEME_DIR / "static"] if THEME_DIR and (THEME_DIR / "static").is_dir() else []
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "newsroom.stylesheet.Finder",  # the readers' stylesheet, joined from its parts
]
WHITENOISE_USE_FINDERS = DEBUG

# The moments at which things last changed, shared by the processes of this machine (see newsroom/pagecache.py).
PAGE_STAMPS = VAR_DIR / "page-stamps"

# --- pictures and pages ----------------------------------------------------------------------------------------

IMAGE_MAX_MEGABYTES = env.number("IMAGE_MAX_MEGABYTES", 30, least=1, most=500)
IMAGE_MAX_MEGAPIXELS = env.number("IMAGE_MAX_MEGAPIXELS", 50, least=1, most=500)
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024  # a long body with its form; files do not count
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

PAGE_SIZE = env.number("PAGE_SIZE", 20, least=1, most=200)
# Seconds for which a shared cache may keep a page; the next moment of visibility cuts it shorter.
PAGE_SHARED_SECONDS = env.number("PAGE_SHARED_SECONDS", 300, least=0, most=86400)

TAGGIT_CASE_INSENSITIVE = True

# --- time and language -----------------------------------------------------------------------------------------

TIME_ZONE = env.time_zone("TIME_ZONE", "UTC")
USE_TZ = True
LANGUAGE_CODE = env.text("LANGUAGE_CODE", "en-gb")
USE_I18N = True
# With which day weeks begin in the calendar; empty: as the language is used to.
WEEK_STARTS = env.choice("WEEK_STARTS", "", ("", "MONDAY", "SATURDAY", "SUNDAY"))

# --- people ----------------------------------------------------------------------------------------------------

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "admin:login"

# --- mail and reports ------------------------------------------------------------------------------------------

# One address (EMAIL_URL), or each value by itself. To another machine never in clear, unless somebody says so.
_MAIL = servers.mail_server("EMAIL_URL")
EMAIL_HOST = _MAIL.get("EMAIL_HOST", env.text("EMAIL_HOST", "localhost"))
EMAIL_PORT = _MAIL.get("EMAIL_PORT", env.number("EMAIL_PORT", 25, least=1, most=65535))
EMAIL_HOST_USER = _MAIL.get("EMAIL_HOST_USER", env.text("EMAIL_HOST_USER"))
EMAIL_HOST_PASSWORD = _MAIL.get("EMAIL_HOST_PASSWORD", env.text("EMAIL_HOST_PASSWORD"))
EMAIL_USE_TLS = _MAIL.get("EMAIL_USE_TLS", env.flag("EMAIL_USE_TLS", default=not servers.is_this_machine(EMAIL_HOST)))
EMAIL_USE_SSL = _MAIL.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 10  # seconds: a mail server that says nothing holds up no announcement for long
_PRINTED = "django.core.mail.backends.console.EmailBackend"
EMAIL_BACKEND = _MAIL.get(
    "EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend" if env.text("EMAIL_HOST") else _PRINTED
)
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "newsroom@localhost")
MAIL_DIGEST_HOUR = env.number("MAIL_DIGEST_HOUR", 7, least=0, most=23)  # of the day in TIME_ZONE

# --- who is told of publications -------------------------------------------------------------------------------

WEBSUB_HUBS = servers.post_addresses("WEBSUB_HUBS")
CDN_PURGE_URL = servers.post_address("CDN_PURGE_URL")
CDN_PURGE_TOKEN = env.text("CDN_PURGE_TOKEN")
CDN_PURGE_KIND = env.choice("CDN_PURGE_KIND", "KEYS", ("KEYS", "FASTLY", "CLOUDFLARE"))

# --- reports ---------------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "newsroom.log_lines.ShortLines",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {
        "handlers": ["stderr"],
        "level": env.choice("LOG_LEVEL", "WARNING", ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")),
    },
    # Errors of requests go to the log also in production, where Django would only mail them.
    "loggers": {"django": {"handlers": [], "propagate": True}},
}

# --- safety ----------------------------------------------------------------------------------------------------

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
SESSION_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT")
SECURE_HSTS_SECONDS = env.number("SECURE_HSTS_SECONDS", 3600 if _HTTPS else 0, least=0, most=63072000)
# A proxy in front that sets X-Forwarded-Proto itself, for every request; never on otherwise.
if env.flag("BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"

# Nothing from third parties at run time, no inline script or style. Django 6's own setting name.
SECURE_CSP = {
    "default-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
}

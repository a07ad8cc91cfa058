"""Settings, from environment variables only; docs/configuration.md lists them."""

from pathlib import Path
from typing import Any

from corsheaders.defaults import default_headers
from csp.constants import NONCE, NONE, SELF
from whitenoise.compress import Compressor

from newsroom import environment, services
from newsroom.environment import MissingSetting, read

# Where things are

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = environment.data_folder(
    read("NEWSROOM_DATA", lambda text: Path(text).resolve(), BASE_DIR / "var", "a folder")
)

# The site

DEBUG = read("DEBUG", environment.boolean, False, "1 or 0")
NAMED_HOSTS: list[str] = read(
    "ALLOWED_HOSTS",
    environment.host_names,
    [],
    "host names separated by commas, such as archive.example.org (not *)",
)
ALLOWED_HOSTS = NAMED_HOSTS or ["localhost", "127.0.0.1", "[::1]"]
SITE_NAME = read("SITE_NAME", environment.line, "The Archive", "a name on one line")
SITE_URL = read(
    "SITE_URL",
    environment.web_origin,
    "" if NAMED_HOSTS else "http://127.0.0.1:8000",
    "the site's address without a path, such as https://archive.example.org",
)
if not SITE_URL:
    raise MissingSetting("SITE_URL", "a site that names ALLOWED_HOSTS needs its public address")
SECRET_KEY = read("SECRET_KEY", environment.secret, "", "at least 32 random characters")
if not SECRET_KEY and NAMED_HOSTS:
    raise MissingSetting("SECRET_KEY", "a site that names ALLOWED_HOSTS needs one of its own")
SECRET_KEY = SECRET_KEY or environment.kept_secret(DATA_DIR / "secret_key")
IS_SECURE = SITE_URL.startswith("https:")

TIME_ZONE = read(
    "TIME_ZONE", environment.time_zone, "UTC", "a time zone's name, such as Asia/Karachi"
)
USE_TZ = True
LANGUAGE_CODE = read(
    "LANGUAGE_CODE", environment.language_code, "en", "a language code, such as en or ur"
)
USE_I18N = True

# Services

POSTGRESQL_FORM = "postgres://user:password@host:port/name"
DATABASES: dict[str, Any] = {
    "default": read(
        "DATABASE_URL",
        services.database,
        services.sqlite(DATA_DIR / "newsroom.sqlite3"),
        f"sqlite:///path or {POSTGRESQL_FORM}",
    )
}
REPLICAS: list[dict[str, Any]] = read(
    "REPLICA_URLS", services.databases, [], f"addresses separated by commas, {POSTGRESQL_FORM}"
)
for number, replica in enumerate(REPLICAS, start=1):
    DATABASES[f"replica{number}"] = replica | {"TEST": {"MIRROR": "default"}}
DATABASE_ROUTERS = ["newsroom.databases.ReplicaRouter"] if REPLICAS else []
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": read(
        "CACHE_URL",
        services.cache,
        services.local_cache(),
        "locmem:, file:///folder, db://table or valkey://user:password@host:port/0",
    )
}

STORAGES = {
    "default": read(
        "STORAGE_URL",
        services.storage,
        services.folder_storage(DATA_DIR / "media"),
        "file:///folder or s3://key:secret@bucket/prefix with ?region=… or ?endpoint=…",
    ),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
MEDIA_URL = "/media/"
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Maps of the sources of other people's scripts, which take longer to compress than all the rest.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = [*Compressor.SKIP_COMPRESS_EXTENSIONS, "map"]

# Several settings of Django at once, according to the scheme.
globals().update(
    read(
        "EMAIL_URL",
        services.mail,
        services.mail_folder(DATA_DIR / "mail"),
        "console:, file:///folder or smtp://user:password@host:port (also smtp+tls:, smtps:)",
    )
)
DEFAULT_FROM_EMAIL = read(
    "DEFAULT_FROM_EMAIL",
    environment.sender,
    "newsroom@localhost",
    "an e-mail address, such as desk@example.org or Desk <desk@example.org>",
)
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# The program

INSTALLED_APPS = [
    "articles.apps.ArticlesConfig",
    "newsroom.desk.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "axes",
    "corsheaders",
    "csp",
    "django_filters",
    "django_prose_editor",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "rest_framework",
    "taggit",
]

# On every page: nothing here may run a query or set a cookie for a reader.
MIDDLEWARE = [
    "newsroom.proxies.TrustedProxyMiddleware",
    "newsroom.logs.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "newsroom.content_policy.ContentPolicyMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    *(["newsroom.databases.ReplicaReadsMiddleware"] if REPLICAS else []),
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "articles.api.freshness.NotModifiedMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"

TEMPLATES = [
    {
        # The public pages, which Jinja draws several times as quickly as Django.
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates" / "public"],
        "OPTIONS": {"environment": "articles.pages.jinja.environment"},
    },
    {
        # What stands on a page of the desk dozens of times.
        "NAME": "desk",
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates" / "desk"],
        "OPTIONS": {"environment": "articles.admin.jinja.environment"},
    },
    {
        # The editors' desk, which Django's admin draws.
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

FORM_RENDERER = "newsroom.forms.FormRenderer"

TAGGIT_CASE_INSENSITIVE = True
TAGGIT_STRIP_UNICODE_WHEN_SLUGIFYING = False

# Security

PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "newsroom.accounts.StaffBackend",
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"

# Who guesses is shut out by name and address together, so nobody can lock an editor out from afar.
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.5  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False

TRUSTED_PROXIES: list[environment.Network] = read(
    "TRUSTED_PROXIES",
    environment.networks,
    [],
    "addresses or networks separated by commas, such as 127.0.0.1, 10.0.0.0/8",
)
# Safe because TrustedProxyMiddleware removes these headers when anyone else sends them.
USE_X_FORWARDED_HOST = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE = IS_SECURE
CSRF_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if IS_SECURE else 0
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"

MEDIA_ORIGIN = services.storage_origin(STORAGES["default"])
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        # The nonce stands in the header only where a page asked for it: the body editor's.
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:", *([MEDIA_ORIGIN] if MEDIA_ORIGIN else [])],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in ("browsing-topics", "camera", "geolocation", "microphone", "payment", "usb")
}

# Spam: nobody outside is asked about comments unless there is a key.

AKISMET_KEY = read("AKISMET_KEY", environment.line, "", "a key from akismet.com")
AKISMET_URL = read(
    "AKISMET_URL",
    environment.web_origin,
    "https://rest.akismet.com",
    "the service's address without a path, such as https://rest.akismet.com",
)

# API

CORS_URLS_REGEX = r"^/api/"
CORS_ALLOW_ALL_ORIGINS = True
CORS_ALLOW_METHODS = ["GET", "HEAD", "OPTIONS"]
CORS_ALLOW_HEADERS = (*default_headers, "if-modified-since", "if-none-match")
CORS_EXPOSE_HEADERS = [
    "Dry-Run",
    "ETag",
    "Idempotent-Replayed",
    "Last-Modified",
    "Link",
    "Location",
    "RateLimit",
    "RateLimit-Policy",
    "Repr-Digest",
    "Retry-After",
    "Unencoded-Digest",
    "X-Request-ID",
]

# For a network without a key, and for a key that says nothing else; see articles.api.limits.
API_REQUESTS_A_MINUTE = {"network": 120, "network-writes": 20, "key": 600, "key-writes": 120}

REST_FRAMEWORK = {
    # No session: what a signed-in browser may read here is what everybody may.
    "DEFAULT_AUTHENTICATION_CLASSES": ["articles.api.authentication.KeyAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["articles.api.media_types.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["articles.api.media_types.JSONParser"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "articles.api.schema.Description",
    "EXCEPTION_HANDLER": "articles.api.errors.answer",
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "articles.api.formats.Negotiation",
}
SPECTACULAR_SETTINGS = {
    "TITLE": f"{SITE_NAME}: API",
    "DESCRIPTION": "The archive as data. What is public is read without a key.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    "SERVE_INCLUDE_SCHEMA": False,
    "SORT_OPERATION_PARAMETERS": False,
    "PATH_CONVERTER_OVERRIDES": {"id": int},
    "ENUM_NAME_OVERRIDES": {
        "DatePrecision": "articles.models.DatePrecision",
        "PlaceKind": "articles.models.PlaceKind",
        "CorrectionKind": "articles.models.CorrectionKind",
        "MentionRole": "articles.models.MentionRole",
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "articles.api.schema.finish",
    ],
}

# Logs

LOG_FORMAT = read("LOG_FORMAT", environment.one_of("text", "json"), "text", "text or json")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "request_id": {"()": "newsroom.logs.RequestIdFilter"},
        "keys": {"()": "newsroom.logs.KeyFilter"},
    },
    "formatters": {
        "text": {"format": "{asctime} {levelname} {name} [{request_id}] {message}", "style": "{"},
        "json": {"()": "newsroom.logs.JsonFormatter"},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": LOG_FORMAT,
            "filters": ["request_id", "keys"],
        }
    },
    "root": {"handlers": ["stderr"], "level": "INFO"},
    # Django's own handlers would say everything twice.
    "loggers": {"django": {"handlers": [], "level": "INFO"}},
}

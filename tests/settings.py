"""Settings of the tests: the program's own, on its defaults, with a data folder of their own.

NEWSROOM_TEST_DATABASE=postgresql runs the suite on a PostgreSQL server of its own, not on SQLite.
"""

import os
from tempfile import TemporaryDirectory

# The shell may be set up for a real site.
UNSET = [
    "SECRET_KEY",
    "DEBUG",
    "ALLOWED_HOSTS",
    "SITE_URL",
    "SITE_NAME",
    "TIME_ZONE",
    "LANGUAGE_CODE",
    "REPLICA_URLS",
    "CACHE_URL",
    "STORAGE_URL",
    "EMAIL_URL",
    "DEFAULT_FROM_EMAIL",
    "TRUSTED_PROXIES",
    "LOG_FORMAT",
    "AKISMET_KEY",
    "AKISMET_URL",
]
for name in UNSET:
    os.environ.pop(name, None)
data = TemporaryDirectory(prefix="newsroom-test-")
os.environ["NEWSROOM_DATA"] = data.name
# The workers of a parallel run inherit the address, and so share one server.
if os.environ.get("NEWSROOM_TEST_DATABASE") != "postgresql":
    os.environ.pop("DATABASE_URL", None)
elif "DATABASE_URL" not in os.environ:
    from tests import postgresql

    os.environ["DATABASE_URL"] = postgresql.start()
    os.environ["NEWSROOM_TEST_TEMPLATE"] = postgresql.TEMPLATE

from newsroom.settings import *  # noqa: E402, F403
from newsroom.settings import API_REQUESTS_A_MINUTE, DATABASES, STATIC_ROOT, STORAGES  # noqa: E402

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as in service: in a database in memory, writers do not wait for one another.
    DATABASES["default"]["TEST"] = {"NAME": f"{data.name}/test.sqlite3"}
elif "NEWSROOM_TEST_TEMPLATE" in os.environ:
    DATABASES["default"]["TEST"] = {"TEMPLATE": os.environ["NEWSROOM_TEST_TEMPLATE"]}

# The tests of the limits set their own.
API_REQUESTS_A_MINUTE = dict.fromkeys(API_REQUESTS_A_MINUTE, 1_000_000)

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
STATIC_ROOT.mkdir()

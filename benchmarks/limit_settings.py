"""The program's settings without its middleware, for views that do as little as can be done."""

from newsroom.settings import *  # noqa: F403

MIDDLEWARE = []
ROOT_URLCONF = "benchmarks.limits"
# The admin misses its middleware; nobody asks for the admin here.
SILENCED_SYSTEM_CHECKS = ["admin.E408", "admin.E409", "admin.E410", "axes.W002"]

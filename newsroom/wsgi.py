"""The WSGI application."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

_django = get_wsgi_application()

from django.conf import settings  # noqa: E402 - the settings are there now, and the models

from articles.page_store.application import PageStore  # noqa: E402
from newsroom.warming import warm_up  # noqa: E402

# Whoever works on the pages wants to see each as it is drawn.
application = _django if settings.DEBUG else PageStore(_django)

warm_up()

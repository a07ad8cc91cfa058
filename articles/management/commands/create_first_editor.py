"""Lets somebody in: makes the first editor of a new archive."""

import secrets

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse

NAME = "editor"
MOST_NAMES_SHOWN = 5


class Command(BaseCommand):
    help = "Creates the first editor and says how to sign in; later only says who can."

    @transaction.atomic
    def handle(self, *args: object, **options: object) -> None:
        address = settings.SITE_URL + reverse("admin:index")
        users = get_user_model().objects
        editors = users.filter(is_staff=True, is_active=True).order_by("pk")
        names = list(editors.values_list("username", flat=True)[:MOST_NAMES_SHOWN])
        if names:
            self.stdout.write(
                f"Sign in at {address} as {', '.join(names)}; "
                f"for a new password: manage.py changepassword {names[0]}"
            )
            return
        if users.filter(username=NAME).exists():
            raise CommandError(
                f"Nobody can sign in, and the name {NAME!r} is taken: "
                "make an editor with manage.py createsuperuser."
            )
        password = secrets.token_urlsafe(12)
        users.create_superuser(username=NAME, password=password)
        self.stdout.write(
            f"The first editor can sign in at {address}\n"
            f"    name:     {NAME}\n"
            f"    password: {password}\n"
            f"It is shown only now; for a new one: manage.py changepassword {NAME}"
        )

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from newsroom.health import NotReady, check_migrations


class ArchiveCommand(BaseCommand):
    """A command on the archive, which says so in one line where none is set up yet."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            check_migrations()
        except NotReady as error:
            raise CommandError(f"The database is not ready: {error}.") from None
        return super().execute(*args, **options)

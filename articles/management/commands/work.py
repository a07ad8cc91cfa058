import logging
import os
import signal
import time
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.db import close_old_connections

from articles.management.base import ArchiveCommand
from articles.management.chores import CHORES, Chore

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_LOOKS = 0.5


class Command(ArchiveCommand):
    help = (
        "Does what goes on beside the pages, until it is ended (Ctrl-C or SIGTERM): "
        f"{', '.join(chore.name for chore in CHORES)}. It is safe to run more than one."
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._is_ended = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        how_long = parser.add_mutually_exclusive_group()
        how_long.add_argument("--once", action="store_true", help="do all of it once, and end")
        how_long.add_argument(
            "--beside", action="store_true", help="end when the program that started it is gone"
        )

    def handle(self, *, once: bool, beside: bool, **options: Any) -> None:
        if once:
            for chore in CHORES:
                while _do(chore):
                    pass
            return
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._end)
        starter = os.getppid()
        due = dict.fromkeys(CHORES, 0.0)
        while not self._is_ended and not (beside and os.getppid() != starter):
            close_old_connections()
            for chore in CHORES:
                if not self._is_ended and due[chore] <= time.monotonic():
                    has_more = _do(chore)
                    due[chore] = time.monotonic() + (0 if has_more else chore.every.total_seconds())
            time.sleep(SECONDS_BETWEEN_LOOKS)

    def _end(self, number: int, frame: FrameType | None) -> None:
        """Ends after the chore in hand, each of which is short."""
        self._is_ended = True


def _do(chore: Chore) -> bool:
    """Does a part of a chore; whether there is more. What goes wrong with one stops no other."""
    try:
        return chore.do()
    except Exception:
        logger.exception("Could not %s; it is tried again.", chore.name)
        return False

"""Keeps a second program running beside this one."""

import logging
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

logger = logging.getLogger(__name__)

SECONDS_TO_RESTART = 5
SECONDS_TO_FINISH = 10
_SECONDS_BETWEEN_LOOKS = 0.2


@contextmanager
def companion(command: Sequence[str]) -> Iterator[None]:
    """Runs ``command`` until the block ends, and starts it again when it dies before."""
    is_over = threading.Event()
    keeper = threading.Thread(target=_keep, args=(command, is_over))
    keeper.start()
    try:
        yield
    finally:
        is_over.set()
        keeper.join()


def _keep(command: Sequence[str], is_over: threading.Event) -> None:
    while True:
        with subprocess.Popen(command) as program:  # noqa: S603 (it is our own)
            while program.poll() is None and not is_over.wait(_SECONDS_BETWEEN_LOOKS):
                pass
            if program.poll() is None:
                _end(program)
        # An interrupt from the keyboard reaches both programs, and this one need not be first.
        if is_over.wait(SECONDS_TO_RESTART):
            return
        logger.error("%s ended with %s; started again.", " ".join(command), program.returncode)


def _end(program: "subprocess.Popen[bytes]") -> None:
    program.terminate()
    try:
        program.wait(SECONDS_TO_FINISH)
    except subprocess.TimeoutExpired:
        program.kill()

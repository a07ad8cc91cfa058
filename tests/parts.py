"""What a test does when a real part of the system it needs is not on this machine."""

import os
from typing import NoReturn

import pytest

IS_STRICT = os.environ.get("NEWSROOM_TEST_STRICT") == "1"
PREFIX = "Needs "


def missing(part: str, remedy: str) -> NoReturn:
    """Skips the test, or fails it under NEWSROOM_TEST_STRICT=1.

    The run's last lines name ``part`` and ``remedy``, a command or setting that supplies it.
    """
    message = f"{PREFIX}{part}: {remedy}"
    if IS_STRICT:
        pytest.fail(message, pytrace=False)
    pytest.skip(message)

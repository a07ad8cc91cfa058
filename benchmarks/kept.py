"""Answers of the program, kept for views that return the same bytes."""

from functools import cache
from pathlib import Path

from django.conf import settings

KEPT = Path(settings.DATA_DIR) / "answers"


@cache
def kept(name: str) -> bytes:
    """The answer kept under ``name``."""
    return (KEPT / name).read_bytes()

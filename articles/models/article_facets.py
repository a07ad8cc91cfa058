import sys
from array import array
from collections.abc import Iterable

from django.db import models

from articles.models.article import Article

_KEY_BITS = 40
_NUMBERS = "q"  # signed, of 64 bits


class ArticleFacets(models.Model):
    """The lists that an article stands in, in one short row, to be counted for many at a time.

    ``lists`` are 64-bit numbers, the lowest byte first, each the kind of a list above the 40 bits
    of its key. Derived, like the search index: only articles that have a document there have one.
    """

    article = models.OneToOneField(
        Article, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    lists = models.BinaryField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"lists of article {self.pk}"


def list_number(kind: int, key: int) -> int:
    """The number that stands for the list ``key`` of a kind."""
    return kind << _KEY_BITS | key


def list_of(number: int) -> tuple[int, int]:
    """Kind and key of the list that a number stands for."""
    return number >> _KEY_BITS, number & (1 << _KEY_BITS) - 1


def pack(numbers: Iterable[int]) -> bytes:
    """``numbers`` of lists as ``ArticleFacets.lists`` holds them."""
    return _ordered(array(_NUMBERS, sorted(numbers))).tobytes()


def unpack(lists: bytes | memoryview) -> "array[int]":
    """The numbers in ``lists``, be they of one article or of many, one after another."""
    return _ordered(array(_NUMBERS, bytes(lists)))


def _ordered(numbers: "array[int]") -> "array[int]":
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers

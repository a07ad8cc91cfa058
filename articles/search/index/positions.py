"""The place of an article in the order of publication, as one number.

A position is the seconds from 1970 to the moment of publication (negative before), shifted left
by 28 bits, plus the article's id. It sorts as the public lists do; the index is read along it, so
that the newest matches come first without sorting, and a span of time is a span of numbers. It
fits 64 bits for the years 882 to 3058 (moments outside count as the nearest of them) and ids up
to 268 million. Within one second the order is that of the ids.
"""

from datetime import UTC, datetime, timedelta

_ID_BITS = 28
LARGEST_ID = (1 << _ID_BITS) - 1
_DAY = 86_400  # seconds
_SECONDS = 1 << (63 - _ID_BITS)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def position_of(moment: datetime, article_id: int) -> int:
    """The position of an article published at ``moment``."""
    return _shifted(moment) | article_id


def first_position(moment: datetime) -> int:
    """The lowest position at ``moment`` or later, to the second."""
    return _shifted(moment)


def last_position(moment: datetime) -> int:
    """The highest position at ``moment`` or earlier, to the second."""
    return _shifted(moment) | LARGEST_ID


def distance_of(days: int) -> int:
    """How far apart positions are between which so many ``days`` lie."""
    return days * _DAY << _ID_BITS


def article_at(position: int) -> int:
    """The id of the article at ``position``."""
    return position & LARGEST_ID


def second_at(position: int) -> int:
    """The seconds from 1970 to when the article at ``position`` was published."""
    return position >> _ID_BITS


def moment_at(position: int) -> datetime:
    """When the article at ``position`` was published, to the second, in UTC."""
    return _EPOCH + timedelta(seconds=second_at(position))


def month_at(position: int) -> int:
    """The months, in UTC, from the year 0 to ``position``: a number that counts on by one."""
    moment = moment_at(position)
    return moment.year * 12 + moment.month - 1


def _shifted(moment: datetime) -> int:
    seconds = (moment - _EPOCH) // timedelta(seconds=1)
    return max(-_SECONDS, min(_SECONDS - 1, seconds)) << _ID_BITS

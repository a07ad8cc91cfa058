"""The positions somebody held, as far as their dates fit together."""

from articles.models import DatePrecision, Position
from articles.text.partial_dates import format_partial


def end_fault(position: Position) -> str:
    """Why ``position`` cannot end when it is said to; empty when it can."""
    started, ended = position.started_on, position.ended_on
    if not started or not ended or ended >= started:
        return ""
    end = format_partial(ended, position.end_precision)
    start = format_partial(started, position.start_precision)
    if position.end_precision != DatePrecision.DAY and ended.year == started.year:
        return (
            f"{end} is less exact than the start, {start}, and is read as its first day. Give the"
            " end as exactly as the start, or the start no more exactly than the end."
        )
    return f"A position cannot end before it starts: {end} is before {start}."

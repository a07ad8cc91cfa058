"""How long before or after something else a thing happened, in words."""

_NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
)  # fmt: skip
_DAYS_OF_WEEK, _DAYS_OF_MONTH, _DAYS_OF_YEAR = 7, 30.44, 365.25
# Days are counted up to two weeks, weeks up to two months, months up to two years.
_MOST_DAYS, _MOST_WEEKS, _MOST_MONTHS = 13, 8, 23


def span_in_words(days: int) -> str:
    """``days`` from one day to another: "three weeks earlier" for -21, "the day after" for 1."""
    if days == 0:
        return "the same day"
    number, unit = _measured(abs(days))
    if unit == "day" and number == 1:
        return "the day before" if days < 0 else "the day after"
    counted = _NUMBERS[number] if number < len(_NUMBERS) else f"{number:,}"
    plural = "" if number == 1 else "s"
    return f"{counted} {unit}{plural} {'earlier' if days < 0 else 'later'}"


def _measured(days: int) -> tuple[int, str]:
    if days <= _MOST_DAYS:
        return days, "day"
    if (weeks := round(days / _DAYS_OF_WEEK)) <= _MOST_WEEKS:
        return weeks, "week"
    if (months := round(days / _DAYS_OF_MONTH)) <= _MOST_MONTHS:
        return months, "month"
    return round(days / _DAYS_OF_YEAR), "year"

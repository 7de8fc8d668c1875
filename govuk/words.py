"""How the product writes: dates, times, lists and the names of fields inside sentences."""

import datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def date_in_words(day: datetime.date) -> str:
    """Such as "27 March 2026". An aware instant is first taken to its London date."""
    if isinstance(day, datetime.datetime):
        day = _in_london(day)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def time_in_words(time: datetime.time | datetime.datetime) -> str:
    """Such as "5:30pm", "9am", "midday", "midnight". An aware instant is first taken to London."""
    if isinstance(time, datetime.datetime):
        time = _in_london(time)
    if time.minute == 0 and time.hour in (0, 12):
        return "midday" if time.hour else "midnight"
    half = "pm" if time.hour >= 12 else "am"
    hour = time.hour % 12 or 12
    return f"{hour}:{time.minute:02}{half}" if time.minute else f"{hour}{half}"


def instant_in_words(instant: datetime.datetime) -> str:
    """Such as "27 March 2026 at 5:30pm", in London."""
    return f"{date_in_words(instant)} at {time_in_words(instant)}"


def _in_london(instant: datetime.datetime) -> datetime.datetime:
    return instant.astimezone(LONDON) if instant.tzinfo else instant


def listed(words: list[str] | tuple[str, ...], joint: str = "and") -> str:
    """Such as "day", "day and month", "PDF, Word or JPG"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {joint} {words[-1]}"


def inside_sentence(label: str) -> str:
    """A label as it reads after "Enter": "Child's name" gives "child's name", "NHS number" stays."""
    first, _, rest = label.strip().partition(" ")
    if first[1:] == first[1:].lower() and len(first) > 1:
        first = first[0].lower() + first[1:]
    return f"{first} {rest}".strip()


def file_size(size: int) -> str:
    """Bytes as people say them: "20MB", "512KB", "1.5MB"."""
    for unit, factor in (("GB", 1024**3), ("MB", 1024**2), ("KB", 1024)):
        if size >= factor:
            return f"{size / factor:.1f}".removesuffix(".0") + unit
    return f"{size} bytes"

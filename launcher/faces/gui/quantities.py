"""Sizes, durations and dates as people read them, in the locale's numbers."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from PySide6.QtCore import QCoreApplication, QDate, QLocale

translate = QCoreApplication.translate

_UNITS: Final = 5
_MINUTE_S: Final = 60
_HOUR_S: Final = 3600
_DAY_S: Final = 86400


def size_text(size_bytes: int) -> str:
    """Return ``412 MB`` or ``1.9 GB``, in powers of 1000 as shops and file managers count."""
    unit = _unit_for(size_bytes)
    return translate("quantities", "{amount} {unit}").format(amount=_amount(size_bytes, unit), unit=_unit_word(unit))


def share_text(done_bytes: int, total_bytes: int | None) -> str:
    """Return ``123 of 410 MB``, in one unit so that the eye can compare."""
    if not total_bytes:
        return size_text(done_bytes)
    unit = _unit_for(total_bytes)
    return translate("quantities", "{done} of {total} {unit}").format(
        done=_amount(min(done_bytes, total_bytes), unit), total=_amount(total_bytes, unit), unit=_unit_word(unit)
    )


def duration_text(seconds: float) -> str:
    """Return ``24 s``, ``3 min`` or ``2 h 10 min``."""
    whole = max(0, round(seconds))
    if whole < 100:  # noqa: PLR2004 - up to here people count in seconds
        return translate("quantities", "{count} s").format(count=whole)
    minutes = round(whole / _MINUTE_S)
    if minutes < 60:  # noqa: PLR2004 - minutes of an hour
        return translate("quantities", "{count} min").format(count=minutes)
    return translate("quantities", "{hours} h {minutes} min").format(hours=minutes // 60, minutes=minutes % 60)


def date_text(time: str | None, now: datetime | None = None) -> str:
    """Return the day of a UTC time, ``12 Sep`` or ``12 Sep 2025``, in local time; empty for what is no time."""
    moment = _parse_time(time)
    if moment is None:
        return ""
    local, today = moment.astimezone(), (now or datetime.now(UTC)).astimezone()
    is_this_year = local.year == today.year
    # Qt's short form is all digits, which people read in the wrong order.
    form = translate("quantities", "d MMM") if is_this_year else translate("quantities", "d MMM yyyy")
    return QLocale().toString(QDate(local.year, local.month, local.day), form)


def age_text(time: str | None, now: datetime | None = None) -> str:
    """Return how long ago a UTC time was, ``just now`` or ``3 hours ago``; empty for what is no time."""
    moment = _parse_time(time)
    if moment is None:
        return ""
    age_s = int(((now or datetime.now(UTC)) - moment).total_seconds())
    if age_s < 2 * _MINUTE_S:
        return translate("quantities", "just now")
    if age_s < 2 * _HOUR_S:
        return translate("quantities", "%n minute(s) ago", "", age_s // _MINUTE_S)
    if age_s < 2 * _DAY_S:
        return translate("quantities", "%n hour(s) ago", "", age_s // _HOUR_S)
    return translate("quantities", "%n day(s) ago", "", age_s // _DAY_S)


def seconds_between(begin: str | None, end: str | None) -> float | None:
    """Return the seconds between two UTC times; None where one of them is no time."""
    first, last = _parse_time(begin), _parse_time(end)
    return None if first is None or last is None else (last - first).total_seconds()


def _parse_time(time: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat(time or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _unit_for(size_bytes: int) -> int:
    unit = 0
    while size_bytes >= 1000 ** (unit + 1) * 0.9995 and unit < _UNITS - 1:
        unit += 1
    return unit


def _unit_word(unit: int) -> str:
    return (
        translate("quantities", "bytes"),
        translate("quantities", "kB"),
        translate("quantities", "MB"),
        translate("quantities", "GB"),
        translate("quantities", "TB"),
    )[unit]


def _amount(size_bytes: int, unit: int) -> str:
    value = size_bytes / 1000**unit
    has_decimal = unit > 0 and value < 99.95  # noqa: PLR2004 - three digits say enough
    return QLocale().toString(value, "f", 1 if has_decimal else 0)

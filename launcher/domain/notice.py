"""The operators' change log: how Markdown becomes notices (6-interfaces, "Change log and banners").

::

    ## Change Log

    ### 2026-11-18 · preview r42 · action
    CUDA 12.8 bundles now need driver 570.
    - bundles: llama.cpp-preview/linux-x86_64-cuda-12.8
    - until: 2026-12-18
    - action: update
    Details in any Markdown, links included.

The line after the heading is the summary; the ``- name: value`` lines right after that are the fields; the rest is the
body. Which notices become banners decides `launcher.domain.banners`.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeVar

from launcher.domain.bundle import parse_bundle_id, parse_channel
from launcher.domain.errors import BadField, LauncherError
from launcher.domain.fields import find_time
from launcher.domain.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_BODY_CHARACTERS: Final = 20_000
MAX_SUMMARY_CHARACTERS: Final = 200

_SECTION = re.compile(r"##[ \t]+Change Log[ \t]*#*", re.IGNORECASE)
_SECTION_END = re.compile(r"##?(?:[ \t]|$)")
_ENTRY = re.compile(r"###(?:[ \t]|$)")
_HEADING = re.compile(r"###[ \t]+(\S+)[ \t]+·[ \t]+(\S+)[ \t]+r(\d{1,15})[ \t]+·[ \t]+(\S+)[ \t]*", re.ASCII)
_FENCE = re.compile(r" {0,3}([`~])\1\1")
_FIELD = re.compile(r"[-*][ \t]+([a-z]+):[ \t]*(.*)")
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_FIELD_NAMES: Final = frozenset({"bundles", "until", "action"})

_Word = TypeVar("_Word", bound=StrEnum)


class Severity(StrEnum):
    """How much a notice matters."""

    INFO = "info"
    ACTION = "action"
    SECURITY = "security"


class Action(StrEnum):
    """What a notice asks the person to do."""

    NONE = "none"
    UPDATE = "update"
    ROLLBACK = "rollback"


class Notice(NamedTuple):
    """One entry of the change log.

    Attributes:
        id: Channel and revision, ``preview-r42``; where several entries have the same, all but the oldest get a
            number, ``preview-r42-2``.
        content_sha256: Of the entry's text: a dismissal holds for this content only.
        summary: One line of plain text.
        body_markdown: The rest, to be shown through `launcher.domain.notice_html.render_notice` only.
        bundles: Which bundles it is about; empty is all of the channel.
        until: From this moment on it is history.
        line: Where it stands in the change log, from 1.
    """

    id: str
    content_sha256: str
    issued_on: date
    channel: str
    channel_revision: int
    severity: Severity
    summary: str
    body_markdown: str
    bundles: tuple[str, ...]
    until: datetime | None
    action: Action
    line: int


class Problem(NamedTuple):
    """What is wrong with one entry, which is left out; it hides no other."""

    line: int
    message: str


class ChangeLog(NamedTuple):
    """All entries that could be read, in the order of the file, and what is wrong with the others."""

    notices: tuple[Notice, ...]
    problems: tuple[Problem, ...]


def parse_change_log(text: str) -> ChangeLog:
    """Read a change log; what is malformed is reported and never raised."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    section = _find_section(lines)
    if section is None:
        return ChangeLog((), (Problem(1, "There is no section `## Change Log`."),))
    notices: list[Notice] = []
    problems: list[Problem] = []
    for start, end in _find_entries(lines, *section):
        try:
            notices.append(_parse_entry(lines[start:end], start + 1))
        except BadField as error:
            problems.append(Problem(start + 1, error.message))
    return ChangeLog(_with_distinct_ids(notices), tuple(problems))


def _find_section(lines: list[str]) -> tuple[int, int] | None:
    """Return where the section's content begins and ends."""
    for number in _outside_code(lines, 0, len(lines)):
        if _SECTION.fullmatch(lines[number]):
            headings = _outside_code(lines, number + 1, len(lines), no_code=_HEADING)
            return number + 1, next((end for end in headings if _SECTION_END.match(lines[end])), len(lines))
    return None


def _find_entries(lines: list[str], start: int, end: int) -> Iterator[tuple[int, int]]:
    headings = _outside_code(lines, start, end, no_code=_HEADING)
    starts = [number for number in headings if _ENTRY.match(lines[number])]
    yield from zip(starts, [*starts, end][1:], strict=True)


def _outside_code(lines: list[str], start: int, end: int, no_code: re.Pattern[str] | None = None) -> Iterator[int]:
    """Yield the numbers of the lines that are not inside of a code block, where ``#`` is no heading.

    A fence that is never closed, or only after a line that ``no_code`` matches, opens no block: one that an operator
    forgot to close must not hide the entries below it.
    """
    number = start
    searched = {"`": start, "~": start}  # up to here there is no closing fence: each line is searched once
    while number < end:
        yield number
        fence = _FENCE.match(lines[number])
        number += 1
        if fence and number > searched[fence.group(1)]:
            stop = _find_code_end(fence.group(1), lines, number, end, no_code)
            is_closed = stop < end and _is_fence(lines[stop], fence.group(1))
            number, searched[fence.group(1)] = (stop + 1 if is_closed else number), stop


def _find_code_end(mark: str, lines: list[str], start: int, end: int, no_code: re.Pattern[str] | None) -> int:
    """Return the number of the line that closes a code block or cannot be in one, else ``end``."""
    for number in range(start, end):
        if _is_fence(lines[number], mark) or (no_code and no_code.fullmatch(lines[number])):
            return number
    return end


def _is_fence(line: str, mark: str) -> bool:
    text = line.strip()
    return text.startswith(mark * 3) and not text.strip(mark)


def _parse_entry(lines: list[str], line: int) -> Notice:
    heading = _HEADING.fullmatch(lines[0])
    if heading is None:
        raise BadField("The heading is not `### DATE · CHANNEL rNUMBER · SEVERITY`.")
    issued_on, channel, revision, severity = heading.groups()
    content = _without_blank_ends(lines[1:])
    if not content:
        raise BadField("The entry has no summary below its heading.")
    fields, body = _split_fields(content[1:])
    body_markdown = "\n".join(_without_blank_ends(body))
    if len(body_markdown) > MAX_BODY_CHARACTERS:
        raise BadField(f"The entry is longer than {MAX_BODY_CHARACTERS} characters.")
    return Notice(
        id=f"{_parse_channel(channel)}-r{int(revision)}",
        content_sha256=hashlib.sha256("\n".join([lines[0], *content]).encode("utf-8", "surrogatepass")).hexdigest(),
        issued_on=_parse_date(issued_on),
        channel=channel,
        channel_revision=int(revision),
        severity=_parse_word(Severity, severity),
        summary=_parse_summary(content[0]),
        body_markdown=body_markdown,
        bundles=_parse_bundles(fields.get("bundles", "")),
        until=_parse_until(fields["until"]) if "until" in fields else None,
        action=_parse_word(Action, fields.get("action", "none")),
        line=line,
    )


def _without_blank_ends(lines: list[str]) -> list[str]:
    filled = [number for number, line in enumerate(lines) if line]
    return lines[filled[0] : filled[-1] + 1] if filled else []


def _split_fields(lines: list[str]) -> tuple[dict[str, str], list[str]]:
    """Take the fields off the front; a blank line ends them, so that a body may begin with a list of its own."""
    fields: dict[str, str] = {}
    for number, line in enumerate(lines):
        match = _FIELD.fullmatch(line)
        if match is None:
            return fields, lines[number:]
        name, value = match.groups()
        if name not in _FIELD_NAMES:
            raise BadField(f"`{name}` is not a field; put a blank line before a list that belongs to the text.")
        if name in fields:
            raise BadField(f"The field `{name}` stands twice.")
        fields[name] = value
    return fields, []


def _parse_summary(text: str) -> str:
    if len(text) > MAX_SUMMARY_CHARACTERS or not text.isprintable():  # direction marks could turn the words around
        raise BadField(f"The summary is not one line of at most {MAX_SUMMARY_CHARACTERS} printable characters.")
    return text


def _parse_channel(text: str) -> str:
    try:
        return parse_channel(text)
    except LauncherError:
        raise BadField(f"{text[:60]!a} is not the name of a channel.") from None


def _parse_bundles(text: str) -> tuple[str, ...]:
    names = [name.strip() for name in text.split(",") if name.strip()]
    try:
        return tuple(parse_bundle_id(name) for name in names)
    except LauncherError:
        raise BadField("`bundles` is not a list of bundle ids, with commas between them.") from None


def _parse_date(text: str) -> date:
    try:
        if _DATE.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise BadField(f"{text[:40]!a} is not a date like 2026-11-18.")


def _parse_until(text: str) -> datetime:
    """Read a moment; a date is the whole of that day, in UTC."""
    moment = find_time(text)
    if moment is not None:
        return moment
    last_day = _parse_date(text)
    if last_day == date.max:
        raise BadField("`until` is too far away.")
    return datetime.combine(last_day + timedelta(days=1), time.min, UTC)


def _parse_word(kind: type[_Word], text: str) -> _Word:
    try:
        return kind(text)
    except ValueError:
        words = ", ".join(f"`{word}`" for word in kind)
        raise BadField(f"{text[:40]!a} is none of {words}.") from None


def _with_distinct_ids(notices: Iterable[Notice]) -> tuple[Notice, ...]:
    """Number notices of the same revision from the oldest on, so that a new one on top renames none."""
    seen: Counter[str] = Counter()
    distinct: list[Notice] = []
    for notice in reversed(list(notices)):
        seen[notice.id] += 1
        count = seen[notice.id]
        distinct.append(notice if count == 1 else notice._replace(id=f"{notice.id}-{count}"))
    return tuple(reversed(distinct))

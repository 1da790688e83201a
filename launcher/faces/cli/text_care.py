"""What prune, repair and doctor say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from launcher.faces.cli.terminal import PLAIN, Style, columns, counted, fact_lines, format_size, wrapped

if TYPE_CHECKING:
    from launcher.domain.care_views import DoctorView, RepairView
    from launcher.domain.views import PruneView

CHECK_WORDS: Final = {"ok": ("ok", "green"), "warning": ("LOOK", "yellow"), "broken": ("BROKEN", "red")}
_CHECK_INDENT: Final = 8


def prune_lines(prune: PruneView, style: Style = PLAIN) -> list[str]:
    """Return what was deleted, or would be, and how many revisions stay for which reason."""
    removed = prune["removed"]
    word = "Would delete" if prune["dry_run"] else "Deleted"
    rows = [(row["id"], row["revision"], format_size(row["size_bytes"])) for row in removed]
    lines = [f"{style.paint(word, 'green')} {counted(len(removed), 'revision')}"] if removed else []
    lines += [f"  {line}" for line in columns(rows)]
    if removed and not prune["dry_run"]:
        lines.append(f"  The disk got {format_size(prune['freed_bytes'])} back; contents that others share stayed.")
    reasons = [row["reason"] for row in prune["kept"]]
    kept = ", ".join(f"{reasons.count(reason)} {reason}" for reason in dict.fromkeys(reasons))
    return [*lines, f"Kept: {kept}" if kept else "Nothing is installed."]


def repair_lines(repair: RepairView, style: Style = PLAIN) -> list[str]:
    """Return what took the place of the damaged revision, and where its files came from."""
    source = "fetched again" if repair["from_network"] else "from sound copies on this machine"
    facts = [
        ("damaged", repair["damaged"]),
        ("mended", ", ".join(repair["restored"]) or None),
        ("source", source),
        ("edits kept", repair["kept_edits"]),
        ("path", repair["path"]),
    ]
    return [
        f"{style.paint('Repaired', 'green')} {repair['id']} as {repair['revision']}",
        *fact_lines(facts, style=style),
    ]


def doctor_lines(doctor: DoctorView, style: Style = PLAIN, *, screen_width: int = 100) -> list[str]:
    """Return a line for each check, and below what is not well the thing that helps."""
    rows, colours = [], []
    for check in doctor["checks"]:
        word, colour = CHECK_WORDS[check["status"]]
        rows.append((word, check["name"]))
        colours.append((colour, ""))
    heads = columns(rows, colours=colours, style=style)
    lines = []
    for check, head in zip(doctor["checks"], heads, strict=True):
        lines.append(head)
        texts = [check["sentence"], check["act"]] if check["act"] else [check["sentence"]]
        for text in texts:
            lines += [style.paint(line, "dim") for line in wrapped(text, screen_width, indent=" " * _CHECK_INDENT)]
    return lines

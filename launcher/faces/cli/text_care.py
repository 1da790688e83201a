"""What prune, repair and doctor say."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Final

from launcher.faces.cli.terminal import PLAIN, Style, columns, counted, fact_lines, format_size, wrapped

if TYPE_CHECKING:
    from launcher.domain.care_views import (
        ComparisonView,
        DoctorView,
        MoveView,
        PruneView,
        RepairView,
        RunPlanView,
        SignersView,
    )

CHECK_WORDS: Final = {"ok": ("ok", "green"), "warning": ("LOOK", "yellow"), "broken": ("BROKEN", "red")}
SIGNER_WORDS: Final = {
    "valid": ("valid", "green"),
    "expiring": ("EXPIRING", "yellow"),
    "expired": ("EXPIRED", "red"),
    "not-yet-valid": ("NOT YET", "yellow"),
    "revoked": ("REVOKED", "red"),
}
_CHECK_INDENT: Final = 8


def prune_lines(prune: PruneView, style: Style = PLAIN) -> list[str]:
    """Return what was deleted, or would be, and how many revisions stay for which reason."""
    removed = prune["removed"]
    word = "Would delete" if prune["dry_run"] else "Deleted"
    rows = [(row["id"], row["revision"], format_size(row["size_bytes"])) for row in removed]
    lines = [f"{style.paint(word, 'green')} {counted(len(removed), 'revision')}"] if removed else []
    lines += [f"  {line}" for line in columns(rows)]
    if downloads := prune["downloads"]:
        size = format_size(sum(row["size_bytes"] for row in downloads))
        lines.append(f"{style.paint(word, 'green')} {counted(len(downloads), 'download')} that nobody needs ({size})")
    if (removed or downloads) and not prune["dry_run"]:
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


def move_lines(move: MoveView, style: Style = PLAIN) -> list[str]:
    """Return where the store went, or would go, and what that takes."""
    word = "Would move" if move["dry_run"] else "Moved"
    way = "one rename on the same volume" if move["is_same_volume"] else "copied, proven, then deleted at the old place"
    facts = [
        ("from", move["source"]),
        ("to", move["target"]),
        ("size", f"{format_size(move['size_bytes'])} in {counted(move['files'], 'file')}"),
        ("free there", format_size(move["free_bytes"])),
        ("how", way),
    ]
    lines = [f"{style.paint(word, 'green')} the store", *fact_lines(facts, style=style)]
    if not move["dry_run"] and not move["is_source_gone"]:
        lines.append("  The old one could not be deleted: `arw-cli runtime bundles move --clean-up` tries again.")
    return lines


def plan_lines(plan: RunPlanView, style: Style = PLAIN) -> list[str]:
    """Return how a runtime would be started."""
    consent = plan["consent"]
    asked = f"{consent['note'] or 'asked for'} ({'given' if consent['is_given'] else 'not given'})" if consent else None
    facts = [
        ("command", shlex.join(plan["command"])),
        *(("env", f"{name}={value}") for name, value in plan["env"].items()),
        ("health", plan["url"] or "the manifest does not say how to see it"),
        ("consent", asked),
        ("running", "yes, already" if plan["is_running"] else None),
    ]
    return [f"{style.paint('Would start', 'green')} {plan['id']} {plan['revision']}", *fact_lines(facts, style=style)]


def comparison_lines(comparison: ComparisonView, style: Style = PLAIN) -> list[str]:
    """Return a line for each file that two revisions differ in, and how many they have in common."""
    sides = (
        (comparison["before"], comparison["before_upstream_version"]),
        (comparison["after"], comparison["after_upstream_version"]),
    )
    before, after = (f"{version} ({name})" if version else name for name, version in sides)
    rows, colours = [], []
    kinds = (("added", comparison["added"], "green"), ("removed", comparison["removed"], "red"))
    for word, changes, colour in (*kinds, ("changed", comparison["changed"], "yellow")):
        for change in changes:
            sizes = [change["before_bytes"], change["after_bytes"]]
            rows.append((word, change["path"], " -> ".join(format_size(size) for size in sizes if size is not None)))
            colours.append((colour, "", ""))
    same = f"{counted(comparison['unchanged_count'], 'file')} not changed"
    return [f"{comparison['id']}: {before} -> {after}", *columns(rows, colours=colours, style=style), same]


def signer_lines(signers: SignersView, style: Style = PLAIN) -> list[str]:
    """Return a line for each trusted key, and where they stand."""
    rows, colours = [], []
    for signer in signers["signers"]:
        word, colour = SIGNER_WORDS[signer["state"]]
        until = f"until {signer['expires_at']}" if signer["expires_at"] else "without an end"
        rows.append((word, signer["key_id"], signer["issuer"], ", ".join(signer["channels"]) or "no channel", until))
        colours.append((colour, "bold", "", "", "dim"))
    return [*columns(rows, colours=colours, style=style), style.paint(signers["path"], "dim")]


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

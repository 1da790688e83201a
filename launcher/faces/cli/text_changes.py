"""What install, update and rollback say when they are done, or in a dry run would do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from launcher.faces.cli.terminal import PLAIN, Style, columns, counted, fact_lines, format_size
from launcher.faces.cli.text_errors import error_lines
from launcher.faces.cli.text_words import INDEX_WORDS, trust_label, version_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from launcher.domain.views import InstallView, RevisionView, RollbackView, UpdateView

REVISION_COLUMNS: Final = ("", "REVISION", "VERSION", "INSTALLED", "SIZE", "TRUST", "")


def install_lines(installs: Iterable[InstallView], style: Style = PLAIN) -> list[str]:
    """Return what was installed; for a dry run what it would take."""
    lines: list[str] = []
    for install in installs:
        done = "Would install" if install["dry_run"] else "Installed" if install["revision"] else "Downloaded"
        version = version_text(install["upstream_version"], install["channel_revision"])
        lines.append(f"{style.paint(done, 'green')} {install['id']} {version}")
        lines += fact_lines(_install_facts(install), style=style)
    return lines


def update_lines(update: UpdateView, style: Style = PLAIN) -> list[str]:
    """Return what was updated, and what was passed over and why."""
    lines = install_lines(update["updated"], style)
    for skipped in update["skipped"]:
        word = {"up-to-date": "Up to date", "held": "Held", "failed": "Failed"}[skipped["reason"]]
        colour = {"held": "yellow", "failed": "red"}.get(skipped["reason"], "")
        lines.append(f"{style.paint(word, colour)} {skipped['id']}: {skipped['sentence']}")
        if skipped["error"]:
            lines += [f"  {line}" for line in error_lines(skipped["error"], style)]
    return lines


def rollback_lines(rollback: RollbackView, style: Style = PLAIN, *, program: str = "arw-cli") -> list[str]:
    """Return where a rollback went, or would go, and how to come back with ``program`` and its options."""
    done = "Would roll back" if rollback["dry_run"] else "Rolled back"
    target = _named(rollback["revision"], rollback["upstream_version"])
    verified = f"{counted(rollback['verified_files'], 'file')}, {format_size(rollback['verified_bytes'])}"
    facts = [
        ("leaves", _named(rollback["replaces"], rollback["replaces_upstream_version"])),
        ("held", "yes; `update` does not bring the left revision back by itself" if rollback["is_held"] else None),
        ("verified", verified if rollback["verified_files"] else None),
        ("signature", rollback["signature"]["sentence"]),
        ("path", rollback["path"]),
    ]
    undo = f"To come back: {program} runtime bundles rollback --bundle {rollback['id']}"
    lines = [f"{style.paint(done, 'green')} {rollback['id']} to {target}", *fact_lines(facts, style=style)]
    return lines if rollback["dry_run"] else [*lines, undo]


def revision_lines(bundle_id: str, revisions: Sequence[RevisionView], style: Style = PLAIN) -> list[str]:
    """Return the revisions of a bundle that are on this machine, newest first as they come."""
    rows = [REVISION_COLUMNS, *(_revision_row(revision) for revision in revisions)]
    colours = [("dim",) * len(REVISION_COLUMNS)]
    colours += [("green", "", "", "", "", trust_label(revision["signature"])[1], "") for revision in revisions]
    return [f"Revisions of {bundle_id} on this machine:", "", *columns(rows, colours=colours, style=style)]


def _revision_row(revision: RevisionView) -> tuple[str, ...]:
    flags = [
        ("active", revision["is_active"]),
        ("previous", revision["is_previous"]),
        ("damaged", revision["is_damaged"]),
        ("held", revision["is_held"]),
        ("pinned", revision["is_pinned"]),
        ("edited by hand", revision["kind"] == "manual-edit"),
    ]
    return (
        "*" if revision["is_active"] else "",
        revision["revision"],
        version_text(revision["upstream_version"], revision["channel_revision"]),
        revision["installed_at"] or "-",
        format_size(revision["size_bytes"]),
        trust_label(revision["signature"])[0],
        ", ".join(word for word, is_so in flags if is_so),
    )


def _install_facts(install: InstallView) -> list[tuple[str, str | None]]:
    stores = None if install["store_bytes"] is None else format_size(install["store_bytes"])
    return [
        ("revision", install["revision"]),
        ("replaces", install["replaces"]),
        ("to fetch" if install["dry_run"] else "fetched", format_size(install["fetch_bytes"])),
        ("to store" if install["dry_run"] else "stored", stores),
        ("index", INDEX_WORDS[install["index"]]),
        ("signature", install["signature"]["sentence"]),
        ("trial start", install["probe"]),
        ("path", install["path"]),
    ]


def _named(revision: str, upstream_version: str | None) -> str:
    return f"{revision} ({upstream_version})" if upstream_version else revision

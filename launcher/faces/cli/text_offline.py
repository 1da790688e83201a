"""What export, import and the sources say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from launcher.faces.cli.terminal import PLAIN, Style, columns, counted, fact_lines, format_size
from launcher.faces.cli.text_errors import error_lines
from launcher.faces.cli.text_words import trust_label, version_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from launcher.domain.care_views import SourceTestView
    from launcher.domain.views import (
        ErrorView,
        ExportView,
        ImportedCatalog,
        ImportItem,
        ImportResult,
        ImportView,
        SourceView,
    )

_WORDS: Final[dict[ImportResult, str]] = {
    "accepted": "accepted",
    "already-here": "already here",
    "skipped": "skipped",
    "refused": "REFUSED",
}
_COLOURS: Final[dict[ImportResult, str]] = {"accepted": "green", "skipped": "yellow", "refused": "red"}
_KINDS: Final = {"cache": "exported cache", "catalog": "catalog"}


def export_lines(export: ExportView, style: Style = PLAIN) -> list[str]:
    """Return a line for each revision, then what was written and where."""
    rows = [
        (
            "exported" if item["ok"] else "LEFT OUT",
            item["id"],
            item["revision"],
            version_text(item["upstream_version"], item["channel_revision"]),
            format_size(item["size_bytes"]),
            trust_label(item["signature"])[0],
        )
        for item in export["items"]
    ]
    colours = [
        ("green" if item["ok"] else "red", "", "", "", "", trust_label(item["signature"])[1])
        for item in export["items"]
    ]
    lines: list[str] = []
    for item, line in zip(export["items"], columns(rows, colours=colours, style=style), strict=True):
        lines += [line, *_below(item["error"], style)]
    what = "file" if export["form"] == "file" else "folder"
    lines.append("")
    lines.append(f"Wrote the {what} {export['output']}: {_amount(export)}.")
    return lines


def import_lines(view: ImportView, style: Style = PLAIN) -> list[str]:
    """Return what became of each bundle and catalog."""
    rows = [*map(_item_row, view["items"]), *map(_catalog_row, view["catalogs"])]
    results = [row["result"] for row in (*view["items"], *view["catalogs"])]
    errors = [row["error"] for row in (*view["items"], *view["catalogs"])]
    sentences = [row["sentence"] for row in (*view["items"], *view["catalogs"])]
    colours = [(_COLOURS.get(result, ""), "", "") for result in results]
    lines: list[str] = []
    for line, error, sentence in zip(columns(rows, colours=colours, style=style), errors, sentences, strict=True):
        lines.append(line)
        lines += _below(error, style) if error else [f"      {sentence}"]
    return [*lines, "", "Nothing was written."] if view["dry_run"] else lines


def source_lines(sources: Sequence[SourceView], style: Style = PLAIN) -> list[str]:
    """Return one source a line."""
    if not sources:
        return ["No sources besides the shipped catalogs."]
    rows = [(_KINDS[source["kind"]], source["url"]) for source in sources]
    return columns(rows, colours=[("dim", "")] * len(rows), style=style)


def source_test_lines(test: SourceTestView, style: Style = PLAIN) -> list[str]:
    """Return what came of trying a source; what is wrong is said as an error."""
    if not test["ok"]:
        return []
    facts = [("result", test["sentence"]), ("signature", test["signature"]["sentence"] if test["signature"] else None)]
    return [f"{style.paint('Works', 'green')} {test['url']}", *fact_lines(facts, style=style)]


def _item_row(item: ImportItem) -> tuple[str, ...]:
    return (
        _WORDS[item["result"]],
        item["id"],
        version_text(item["upstream_version"], item["channel_revision"]),
        ", ".join(item["platforms"]),
    )


def _catalog_row(catalog: ImportedCatalog) -> tuple[str, ...]:
    what = "catalog and change log" if catalog["has_change_log"] else "catalog"
    return (_WORDS[catalog["result"]], catalog["source"], version_text(catalog["channel"], catalog["revision"]), what)


def _below(error: ErrorView | None, style: Style) -> list[str]:
    return [f"      {line}" for line in error_lines(error, style)] if error else []


def _amount(export: ExportView) -> str:
    catalogs = counted(len(export["catalogs"]), "catalog")
    return f"{counted(export['members'], 'member')}, {format_size(export['size_bytes'])}, {catalogs}"

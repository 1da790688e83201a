"""What needs no network: exporting, importing, and the sources that a person follows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from launcher.domain.errors import NothingToDo
from launcher.faces.cli.context import Outcome
from launcher.faces.cli.terminal import printable
from launcher.faces.cli.text_errors import error_from_view
from launcher.faces.cli.text_offline import export_lines, import_lines, source_lines, source_test_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from launcher.domain.errors import LauncherError
    from launcher.domain.views import ImportView
    from launcher.faces.cli.context import Context
    from launcher.faces.cli.results import SourcesResult


def export(context: Context) -> Outcome:
    """Write bundles into one file or a folder; what is damaged is left out, and that is a failure."""
    said = context.arguments
    view = context.launcher.offline.export(
        said.bundle_ids,
        said.output,
        context.observer,
        revisions=said.revisions or (),
        all_revisions=said.all_revisions,
    )
    errors = [item["error"] for item in view["items"] if item["error"]]
    error = error_from_view(errors[0]) if errors else None
    return Outcome(view, lambda screen: export_lines(printable(view), screen.style), error)


def import_(context: Context) -> Outcome:
    """Take in what was exported elsewhere; nothing becomes active by it."""
    said = context.arguments
    view = context.launcher.offline.import_paths(
        [Path(path) for path in said.paths],
        context.observer,
        bundle_id=said.bundle_id,
        metadata=Path(said.metadata) if said.metadata else None,
        dry_run=said.dry_run,
        force=said.force,
        all_platforms=said.all_platforms,
    )
    return Outcome(view, lambda screen: import_lines(printable(view), screen.style), _import_error(view))


def add_source(context: Context) -> Outcome:
    """Follow a catalog or an exported cache."""
    source = context.launcher.offline.add_source(context.arguments.source, context.observer)
    result: SourcesResult = {"sources": [source]}
    return Outcome(result, lambda screen: source_lines(printable(result["sources"]), screen.style))


def list_sources(context: Context) -> Outcome:
    """Show what is followed besides the shipped catalogs."""
    result: SourcesResult = {"sources": context.launcher.offline.list_sources()}
    return Outcome(result, lambda screen: source_lines(printable(result["sources"]), screen.style))


def remove_source(context: Context) -> Outcome:
    """Follow a source no longer."""
    result: SourcesResult = {"sources": [context.launcher.offline.remove_source(context.arguments.source)]}
    return Outcome(result, lambda _screen: [f"{printable(result)['sources'][0]['url']} is not followed any more."])


def test_source(context: Context) -> Outcome:
    """Try a source."""
    view = context.launcher.offline.test_source(context.arguments.source, context.observer)
    error = error_from_view(view["problem"]) if view["problem"] else None
    return Outcome(view, lambda screen: source_test_lines(printable(view), screen.style), error)


COMMANDS: Final[Mapping[str, Callable[[Context], Outcome]]] = {
    "export": export,
    "import": import_,
    "add-source": add_source,
    "list-sources": list_sources,
    "remove-source": remove_source,
    "test-source": test_source,
}


def _import_error(view: ImportView) -> LauncherError | None:
    rows = [*view["items"], *view["catalogs"]]
    refused = [row["error"] for row in rows if row["error"]]
    if refused:
        return error_from_view(refused[0])
    if any(row["result"] == "accepted" for row in rows):
        return None
    return NothingToDo("There is nothing in it that this machine has not, or could use.")

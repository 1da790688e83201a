"""Moving bundles without a network, wired: exports, imports, and the sources that a person follows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from launcher.adapters.settings_file import changed_root, load_root
from launcher.adapters.sources import find_cache
from launcher.domain.errors import NothingToDo, UsageError
from launcher.domain.url import parse_url
from launcher.store.cache_file.listing import CACHE_SUFFIX
from launcher.store.cache_file.reading import is_cache

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from launcher.adapters.places import Places
    from launcher.domain.care_views import SourceTestView
    from launcher.domain.progress import Observer
    from launcher.domain.views import ExportView, ImportView, SourceView
    from launcher.flows.session import Session


class Offline:
    """What needs no network, for the faces."""

    def __init__(self, open_session: Callable[[], Session], places: Places) -> None:
        """Work with a session of its own for each operation; sources are kept in the file of the settings."""
        self._open_session = open_session
        self._places = places

    def export(
        self,
        bundle_ids: Sequence[str],
        output: str,
        observer: Observer,
        *,
        revisions: Sequence[str] = (),
        all_revisions: bool = False,
    ) -> ExportView:
        """Write bundles with all that proves them into one file or a folder.

        Of each bundle the active revision is taken, or ``revisions``, each ``REVISION`` or ``ID@REVISION``, or all.
        """
        from launcher.flows.transfer.exporting import export  # noqa: PLC0415 - start-up time
        from launcher.flows.transfer.targets import Selection  # noqa: PLC0415 - start-up time

        selection = Selection(tuple(bundle_ids), tuple(revisions), all_revisions)
        return export(self._open_session(), selection, output, observer)

    def import_paths(  # noqa: PLR0913 - all that a person may ask for, by name
        self,
        paths: Sequence[Path],
        observer: Observer,
        *,
        bundle_id: str | None = None,
        metadata: Path | None = None,
        dry_run: bool = False,
        force: bool = False,
        all_platforms: bool = False,
    ) -> ImportView:
        """Import exported caches, or loose archives with their signed manifest; nothing becomes active by it."""
        from launcher.flows.transfer.importing import import_paths  # noqa: PLC0415 - start-up time
        from launcher.flows.transfer.judging import ImportOptions  # noqa: PLC0415 - start-up time

        options = ImportOptions(bundle_id, force, dry_run, all_platforms)
        return import_paths(self._open_session(), paths, options, observer, metadata=metadata)

    def list_sources(self) -> list[SourceView]:
        """Return the sources of the settings, in their order."""
        return [_view(source) for source in load_root(self._places).get("sources") or []]

    def add_source(self, text: str, observer: Observer) -> SourceView:
        """Follow a catalog or an exported cache, named by its URL or its path; the catalogs of a cache come at once.

        Raises:
            UsageError: There is no such file.
            NothingToDo: It is followed already.
            LauncherError: The cache cannot be read, or the settings cannot be written.
        """
        from launcher.flows.transfer.cache_sources import open_cache_source  # noqa: PLC0415 - start-up time
        from launcher.flows.transfer.imported_catalogs import import_catalogs  # noqa: PLC0415 - start-up time

        source = _as_url(text)
        if source in (load_root(self._places).get("sources") or []):
            raise NothingToDo(f"`{source}` is a source already.")
        place = find_cache(source)
        if place is not None:
            session = self._open_session()
            with open_cache_source(session, place, observer) as cache:
                for row in import_catalogs(session, cache, observer):
                    observer.log(f"{row['source']}: {row['sentence']}")
        with changed_root(self._places) as root:
            root["sources"] = [*(root.get("sources") or []), source]
        return _view(source)

    def test_source(self, text: str, observer: Observer) -> SourceTestView:
        """Look at a source as following it would; nothing is kept, and what is wrong is in the result.

        Raises:
            UsageError: There is no such file.
            Cancelled: The observer said so.
        """
        from launcher.flows.try_source import try_source  # noqa: PLC0415 - start-up time

        source = _as_url(text)
        return try_source(self._open_session(), source, find_cache(source), observer)

    def remove_source(self, text: str) -> SourceView:
        """Follow a source no longer; what came from it stays.

        Raises:
            UsageError: It is not followed.
            LauncherError: The settings cannot be written.
        """
        with changed_root(self._places) as root:
            sources = root.get("sources") or []
            source = text if text in sources else _as_url(text)
            if source not in sources:
                raise UsageError(f"`{text}` is not a source.", expected=", ".join(sources) or None)
            root["sources"] = [other for other in sources if other != source]
        return _view(source)


def _as_url(text: str) -> str:
    if "://" in text:
        url = parse_url(text)
        if not url.is_file and url.path.endswith(CACHE_SUFFIX):
            raise UsageError(
                f"`{url.public}` is an exported file, which is imported and not followed.",
                expected="the address of an exported folder, with a slash at its end, or of a catalog",
                hint=f"Fetch it and `import` it, or put the folder form on the server: `tar xf NAME{CACHE_SUFFIX}`.",
            )
        return text
    path = Path(text).expanduser().absolute()
    if not is_cache(path):
        raise UsageError(f"There is no source `{text}`.", expected="a URL, a catalog, or an exported cache")
    return path.as_uri()


def _view(source: str) -> SourceView:
    return {"url": source, "kind": "catalog" if find_cache(source) is None else "cache"}

"""Which catalogs this machine looks at."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from launcher.adapters.shipped import shipped_path
from launcher.domain.errors import UsageError
from launcher.domain.url import file_path, parse_url
from launcher.flows.session import Source
from launcher.store.disk_errors import named_disk_errors

if TYPE_CHECKING:
    from collections.abc import Mapping

    from launcher.domain.settings import Settings
    from launcher.domain.url import Url

CATALOG_PATTERN = "bundles*.json"


def find_sources(
    settings: Settings, environ: Mapping[str, str], *, catalog: str | None = None, catalog_dir: Path | None = None
) -> tuple[Source, ...]:
    """Return the catalogs to look at.

    Args:
        settings: Its sources come after the shipped catalogs.
        environ: ``ARW_RUNTIME_BUNDLE_DIR`` names a folder of catalogs to use instead.
        catalog: The only catalog to look at, a file or a URL (``--catalog``).
        catalog_dir: The only folder of catalogs to look at (``--dir``).

    Raises:
        UsageError: A named file or folder is not there.
        StoreError: A folder cannot be read.
    """
    if catalog is not None:
        return (parse_source(catalog),)
    named_dir = environ.get("ARW_RUNTIME_BUNDLE_DIR")
    if catalog_dir is None and named_dir:
        catalog_dir = Path(named_dir).expanduser()
    if catalog_dir is not None:
        if not catalog_dir.is_dir():
            raise UsageError(f"There is no folder `{catalog_dir}`.", expected=f"a folder with `{CATALOG_PATTERN}`")
        return _catalogs_in(catalog_dir)
    catalogs = [source for source in settings.sources if find_cache(source) is None]
    return (*_catalogs_in(shipped_path("configs/runtime")), *(parse_source(source) for source in catalogs))


def find_caches(settings: Settings) -> tuple[Path | Url, ...]:
    """Return the exported caches among a person's sources, whether they are there now or not."""
    return tuple(path for source in settings.sources if (path := find_cache(source)) is not None)


def find_cache(source: str) -> Path | Url | None:
    """Return where the cache is that a source names, on this machine or on a server, or None where it names a catalog.

    A file of this machine is a catalog if it ends in ``.json``; a folder, or any other file, is an exported cache. On
    a server, what ends in a slash is the folder form of one.
    """
    if not source.startswith("file:"):
        return parse_url(source) if source.endswith("/") else None
    if source.endswith(".json"):
        return None
    return Path(file_path(parse_url(source), is_windows=sys.platform == "win32"))


def parse_source(text: str) -> Source:
    """Return the source that a URL or the path of a file names.

    Raises:
        UsageError: It is a path, and there is no such file.
    """
    if "://" in text:
        return Source(text, text)
    path = Path(text).expanduser().absolute()
    if not path.is_file():
        raise UsageError(f"There is no catalog `{text}`.", expected="a file or a URL")
    return _local(path)


def _catalogs_in(folder: Path) -> tuple[Source, ...]:
    with named_disk_errors(folder):
        return tuple(_local(path) for path in sorted(folder.absolute().glob(CATALOG_PATTERN)))


def _local(path: Path) -> Source:
    return Source(str(path), path.as_uri())

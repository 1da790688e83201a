"""Taking over the catalogs and change logs of an exported cache: signed ones only, and never an older one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from launcher.domain.errors import Cancelled, LauncherError
from launcher.domain.fields import format_time
from launcher.flows.catalogs import check_change_log, prove_catalog
from launcher.flows.imported_sources import imported_source
from launcher.flows.refresh import accept_catalog
from launcher.flows.trust_view import view_error
from launcher.store.cache_file.listing import change_log_path
from launcher.store.catalog_cache import CachedCatalog

if TYPE_CHECKING:
    from launcher.domain.progress import Observer
    from launcher.domain.trust import TrustedCatalog
    from launcher.domain.views import ImportedCatalog
    from launcher.flows.session import Session
    from launcher.store.cache_file.listing import CacheCatalog
    from launcher.store.cache_file.reading import OpenCache


def import_catalogs(
    session: Session, cache: OpenCache, observer: Observer, *, dry_run: bool = False
) -> list[ImportedCatalog]:
    """Keep the catalogs of a cache as the last accepted ones of their sources; each is accepted or refused by itself.

    Raises:
        Cancelled: The observer said so.
    """
    return [_import_one(session, cache, entry, observer, dry_run=dry_run) for entry in cache.listing.catalogs]


def find_acceptable(session: Session, cache: OpenCache, observer: Observer) -> list[CachedCatalog]:
    """Return the catalogs of a cache that an import would keep; nothing is written.

    Raises:
        Cancelled: The observer said so.
    """
    return [
        _read(session, cache, entry)
        for entry in cache.listing.catalogs
        if _import_one(session, cache, entry, observer, dry_run=True)["result"] == "accepted"
    ]


def _import_one(
    session: Session, cache: OpenCache, entry: CacheCatalog, observer: Observer, *, dry_run: bool
) -> ImportedCatalog:
    view: ImportedCatalog = {
        "source": entry.source,
        "channel": None,
        "revision": None,
        "has_change_log": entry.change_log is not None,
        "result": "accepted",
        "sentence": "",
        "error": None,
    }
    source = imported_source(entry.source)
    try:
        cached = _read(session, cache, entry)
        trusted = prove_catalog(session, source, cached.catalog)
        if cached.change_log is not None:
            check_change_log(trusted.catalog, cached.change_log)
        view["channel"], view["revision"] = trusted.catalog.channel, trusted.catalog.revision
        if not accept_catalog(session, source, trusted, cached, observer, dry_run=dry_run):
            view["result"] = "already-here"
        view["sentence"] = _sentence(session, trusted)
    except Cancelled:
        raise
    except LauncherError as error:
        view["result"], view["sentence"], view["error"] = "refused", error.message, view_error(error)
    return view


def _read(session: Session, cache: OpenCache, entry: CacheCatalog) -> CachedCatalog:
    pin = entry.change_log
    return CachedCatalog(
        url=entry.source,
        fetched_at=session.at,
        catalog=cache.read_document(entry.catalog_path, entry.catalog),
        change_log=cache.read_document(change_log_path(pin.sha256), pin) if pin else None,
        is_imported=True,
    )


def _sentence(session: Session, trusted: TrustedCatalog) -> str:
    expires_at = trusted.catalog.expires_at
    if expires_at is None:
        return "It does not expire."
    if expires_at < session.at:
        return f"It has expired on {format_time(expires_at)}; nothing new is activated from it."
    return f"It expires on {format_time(expires_at)}."

"""Fetching catalogs with their change logs, and keeping those that were proven."""

from __future__ import annotations

from typing import TYPE_CHECKING

from launcher.domain.canonical import MAX_DOCUMENT_BYTES
from launcher.domain.errors import Cancelled, LauncherError, StoreError
from launcher.domain.floor import Floor, raise_floor
from launcher.domain.progress import Phase
from launcher.flows.catalogs import (
    CatalogReading,
    fetch_change_log,
    prove_catalog,
    read_catalog,
    read_catalogs,
    read_change_log,
)
from launcher.flows.store_access import writing
from launcher.store.catalog_cache import CachedCatalog, CatalogCache
from launcher.store.floors import accept, load_floors

if TYPE_CHECKING:
    from launcher.domain.progress import Observer
    from launcher.domain.trust import TrustedCatalog
    from launcher.flows.session import Session, Source


def refresh_catalogs(session: Session, observer: Observer) -> tuple[CatalogReading, ...]:
    """Fetch the network's catalogs with their change logs; an accepted one replaces the cached one.

    A source that fails keeps its last accepted catalog, and its reading says what failed.

    Raises:
        Cancelled: The observer said so.
        StoreError: The store cannot be written.
    """
    if session.is_offline:
        observer.log("The settings say to stay offline; the catalogs are those that were accepted before.")
        return read_catalogs(session)
    return tuple(
        read_catalog(session, source)
        if source.is_local or source.is_imported
        else _refresh_one(session, source, observer)
        for source in session.sources
    )


def accept_catalog(
    session: Session,
    source: Source,
    trusted: TrustedCatalog,
    cached: CachedCatalog,
    observer: Observer,
    *,
    dry_run: bool = False,
) -> bool:
    """Keep a proven catalog as its source's last accepted one; False where it is that already.

    Raises:
        TrustError: The source is known to be newer by now, or said something else under the same number.
        StoreError: The store cannot be written.
        Cancelled: The observer said so while waiting.
    """
    catalog = trusted.catalog
    subject = f"catalog {source.name} {catalog.channel}"
    floor = Floor(catalog.revision, catalog.document.sha256, trusted.report.trusted_keys)
    known = load_floors(session.layout.floors)
    if known.get(subject) == floor and _is_cached(session, cached):
        return False  # nothing new: the store stays untouched, and nobody waits for its lock
    standing_keys = session.registry.standing_keys(session.at)
    raise_floor(subject, known.get(subject), floor, standing_keys)
    if dry_run:
        return True
    with writing(session, f"refreshing {source.name}", observer):
        accept(session.layout.floors, {subject: floor}, standing_keys)
        CatalogCache(session.layout.catalogs).save(cached)
    return True


def _refresh_one(session: Session, source: Source, observer: Observer) -> CatalogReading:
    observer.phase(Phase.RESOLVING, source.name)
    try:
        raw = session.fetcher.fetch_document(source.url, MAX_DOCUMENT_BYTES)
        trusted = prove_catalog(session, source, raw)
        change_log = fetch_change_log(session, source, trusted.catalog)
        accept_catalog(session, source, trusted, CachedCatalog(source.name, session.at, raw, change_log), observer)
    except (Cancelled, StoreError):
        raise
    except LauncherError as error:
        observer.log(f"{source.name}: {error.message}")
        last = read_catalog(session, source)
        return CatalogReading(source, last.trusted, last.change_log, last.fetched_at, error)
    return CatalogReading(source, trusted, read_change_log(change_log), session.at)


def _is_cached(session: Session, offered: CachedCatalog) -> bool:
    cached = CatalogCache(session.layout.catalogs).find(offered.url)
    return cached is not None and (cached.catalog, cached.change_log) == (offered.catalog, offered.change_log)

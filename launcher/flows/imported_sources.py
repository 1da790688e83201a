"""Catalogs that came in exported caches are sources of their own, besides those that this machine follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from launcher.flows.session import Source
from launcher.store.catalog_cache import CatalogCache

if TYPE_CHECKING:
    from launcher.flows.session import Brought, Session
    from launcher.store.layout import StoreLayout


def imported_source(name: str) -> Source:
    """Return the source of an imported catalog; where it is only a name, nothing can be fetched that it offers."""
    return Source(name, name if "://" in name else f"imported:{name}", is_imported=True)


def with_brought(session: Session, brought: Brought) -> Session:
    """Return the session that counts on what the followed caches have."""
    known = {source.name for source in session.sources}
    more = (imported_source(catalog.url) for catalog in brought.catalogs if catalog.url not in known)
    return session._replace(sources=(*session.sources, *more), brought=brought)


def list_imported_sources(layout: StoreLayout, known: tuple[Source, ...]) -> tuple[Source, ...]:
    """Return the sources of all imported catalogs, without those that this machine follows anyway.

    Raises:
        StoreError: The store cannot be read.
    """
    followed = {source.name for source in known}
    names = CatalogCache(layout.catalogs).list_imported()
    return tuple(imported_source(name) for name in names if name not in followed)

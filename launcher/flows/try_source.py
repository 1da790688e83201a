"""Trying a source before or while it is followed: reached, read, proven, and nothing of it kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from launcher.domain.canonical import MAX_DOCUMENT_BYTES
from launcher.domain.errors import Cancelled, LauncherError
from launcher.domain.fields import format_time
from launcher.domain.progress import Phase
from launcher.flows.catalogs import prove_catalog
from launcher.flows.refresh import accept_catalog
from launcher.flows.session import Source
from launcher.flows.transfer.cache_sources import open_cache_source
from launcher.flows.trust_view import view_error, view_trust
from launcher.store.catalog_cache import CachedCatalog

if TYPE_CHECKING:
    from pathlib import Path

    from launcher.domain.care_views import SourceTestView
    from launcher.domain.progress import Observer
    from launcher.domain.url import Url
    from launcher.flows.session import Session


def try_source(session: Session, source: str, cache: Path | Url | None, observer: Observer) -> SourceTestView:
    """Look at a source as following it would; what is wrong is in the result.

    Args:
        session: What to work with: its way to the network, its keys, its floors.
        source: The URL of the source.
        cache: Where the exported cache is that it names; None where it names a catalog.
        observer: Told what is asked.

    Raises:
        Cancelled: The observer said so.
    """
    view: SourceTestView = {
        "url": source,
        "kind": "catalog" if cache is None else "cache",
        "ok": True,
        "sentence": "",
        "bundles": 0,
        "signature": None,
        "problem": None,
    }
    try:
        if cache is None:
            _try_catalog(session, Source(source, source), view, observer)
        else:
            _try_cache(session, cache, view, observer)
    except Cancelled:
        raise
    except LauncherError as error:
        view |= {"ok": False, "sentence": error.message, "problem": view_error(error)}
    return view


def _try_catalog(session: Session, source: Source, view: SourceTestView, observer: Observer) -> None:
    observer.phase(Phase.RESOLVING, source.name)
    raw = session.fetcher.fetch_document(source.url, MAX_DOCUMENT_BYTES)
    trusted = prove_catalog(session, source, raw)
    catalog = trusted.catalog
    view |= {"bundles": len(catalog.bundles), "signature": view_trust(trusted.report, session.at)}
    accept_catalog(session, source, trusted, CachedCatalog(source.name, session.at, raw, None), observer, dry_run=True)
    if catalog.expires_at is not None and catalog.expires_at < session.at:
        view["sentence"] = f"It can be used, but it expired {format_time(catalog.expires_at)}: nothing new comes of it."
    elif catalog.channel not in session.channels:
        view["sentence"] = f"It can be used, but its channel `{catalog.channel}` is not followed on this machine."
    else:
        view["sentence"] = f"It can be used; it offers {len(catalog.bundles)} on the channel `{catalog.channel}`."


def _try_cache(session: Session, cache: Path | Url, view: SourceTestView, observer: Observer) -> None:
    with open_cache_source(session, cache, observer) as opened:
        view["bundles"] = len({bundle.bundle_id for bundle in opened.listing.items})
    view["sentence"] = f"It can be read; bundles in it: {view['bundles']}. Each is proven when it is imported."

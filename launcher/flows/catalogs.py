"""Reading what is offered: catalogs from this machine's disk and cache; `launcher.flows.refresh` fetches them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from launcher.domain.canonical import MAX_DOCUMENT_BYTES, parse_document
from launcher.domain.catalog import parse_catalog
from launcher.domain.errors import LauncherError, NoSuchBundle, SignatureError, WrongHash
from launcher.domain.trust import verify_catalog
from launcher.domain.url import resolve_url
from launcher.domain.values import NamedTuple
from launcher.store.catalog_cache import CatalogCache

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from launcher.domain.bundle import Bundle
    from launcher.domain.catalog import Catalog
    from launcher.domain.notice import ChangeLog
    from launcher.domain.trust import TrustedCatalog
    from launcher.flows.session import Session, Source

MAX_CHANGE_LOG_BYTES: Final = 1024 * 1024


class CatalogReading(NamedTuple):
    """One source's catalog, or why there is none.

    Attributes:
        trusted: The proven catalog; None where ``problem`` says why not.
        change_log: The change log that the catalog pins, if it was readable.
        fetched_at: When it came over the network; None for a local file.
        problem: What is wrong with the catalog or, beside a good catalog, with its change log.
    """

    source: Source
    trusted: TrustedCatalog | None = None
    change_log: ChangeLog | None = None
    fetched_at: datetime | None = None
    problem: LauncherError | None = None


class Offer(NamedTuple):
    """A bundle that a proven catalog offers."""

    bundle: Bundle
    catalog: TrustedCatalog
    source: Source

    @property
    def channel_revision(self) -> int:
        """The channel revision in which the bundle was last published."""
        revision = self.bundle.channel_revision
        return self.catalog.catalog.revision if revision is None else revision


def read_catalogs(session: Session) -> tuple[CatalogReading, ...]:
    """Read local catalogs and the last accepted network ones; nothing here touches the network.

    What is wrong with one source is in its reading and hides no other.
    """
    return tuple(read_catalog(session, source) for source in session.sources)


def read_catalog(session: Session, source: Source) -> CatalogReading:
    """Read one source's catalog, as `read_catalogs` does."""
    return _read_local(session, source) if source.is_local else _read_cached(session, source)


def list_offers(readings: Sequence[CatalogReading], channels: Sequence[str]) -> dict[str, Offer]:
    """Return the newest offer of each bundle on the channels that this machine follows, by bundle id."""
    offers: dict[str, Offer] = {}
    for reading in readings:
        if reading.trusted is None or reading.trusted.catalog.channel not in channels:
            continue
        for bundle in reading.trusted.catalog.bundles:
            offer = Offer(bundle, reading.trusted, reading.source)
            known = offers.get(bundle.id)
            if known is None or offer.channel_revision > known.channel_revision:
                offers[bundle.id] = offer
    return offers


def require_offer(bundle_id: str, offers: Mapping[str, Offer], readings: Sequence[CatalogReading]) -> Offer:
    """Return the offer of a bundle.

    Raises:
        NoSuchBundle: No readable catalog of the followed channels offers it; a broken catalog is named.
        LauncherError: There is no readable catalog; what is wrong with the first one.
    """
    if bundle_id in offers:
        return offers[bundle_id]
    broken = next((reading.problem for reading in readings if reading.trusted is None and reading.problem), None)
    if broken is not None and not any(reading.trusted for reading in readings):
        raise broken
    raise NoSuchBundle(
        f"No catalog offers `{bundle_id}`.",
        expected="one of " + ", ".join(f"`{name}`" for name in sorted(offers)[:6]) if offers else None,
        actual=f"a catalog that cannot be used: {broken.message}" if broken else None,
        hint=broken.hint if broken else None,
    )


def prove_catalog(session: Session, source: Source, raw: bytes) -> TrustedCatalog:
    """Prove a catalog from its bytes.

    Raises:
        ParseError: They are not a catalog.
        TrustError: It is not signed by those we trust, and its source is no local one; a broken registry is named.
    """
    catalog = parse_catalog(parse_document(raw))
    try:
        return verify_catalog(catalog, session.registry, session.at, is_local=source.is_local)
    except SignatureError as error:
        if session.registry_problem is not None:
            raise session.registry_problem from error
        raise


def find_change_log(session: Session, reading: CatalogReading) -> bytes | None:
    """Return the change log of a readable catalog byte for byte, or None where there is none or it cannot be read."""
    if reading.trusted is None or reading.change_log is None:
        return None
    if not reading.source.is_local:
        cached = CatalogCache(session.layout.catalogs).find(reading.source.name)
        return cached.change_log if cached else None
    try:
        return fetch_change_log(session, reading.source, reading.trusted.catalog)
    except LauncherError:  # it was there a moment ago; the catalog counts without it
        return None


def _read_local(session: Session, source: Source) -> CatalogReading:
    try:
        raw = session.fetcher.fetch_document(source.url, MAX_DOCUMENT_BYTES)
        trusted = prove_catalog(session, source, raw)
    except LauncherError as error:
        return CatalogReading(source, problem=error)
    try:
        text = fetch_change_log(session, source, trusted.catalog)
    except LauncherError as error:
        return CatalogReading(source, trusted, problem=error)
    return CatalogReading(source, trusted, read_change_log(text))


def _read_cached(session: Session, source: Source) -> CatalogReading:
    try:
        cached = session.brought.find_catalog(source.name) or CatalogCache(session.layout.catalogs).find(source.name)
        if cached is None:
            return CatalogReading(source)
        trusted = prove_catalog(session, source, cached.catalog)
    except LauncherError as error:
        return CatalogReading(source, problem=error)
    # Killed between two writes, the cache may hold another catalog's change log; that costs banners, not the catalog.
    change_log = cached.change_log if trusted.catalog.change_log else None
    try:
        if change_log is not None:
            check_change_log(trusted.catalog, change_log)
    except WrongHash as error:
        return CatalogReading(source, trusted, None, cached.fetched_at, error)
    return CatalogReading(source, trusted, read_change_log(change_log), cached.fetched_at)


def fetch_change_log(session: Session, source: Source, catalog: Catalog) -> bytes | None:
    """Return the change log that a catalog pins, None where it pins none.

    Raises:
        FetchError: It cannot be fetched.
        StoreError: It cannot be read.
        WrongHash: It is another one.
    """
    pin = catalog.change_log
    if pin is None:
        return None
    content = session.fetcher.fetch_document(resolve_url(source.url, pin.url), MAX_CHANGE_LOG_BYTES)
    check_change_log(catalog, content)
    return content


def check_change_log(catalog: Catalog, content: bytes) -> None:
    """Compare a change log with its pin: banners are as trustworthy as the catalog, because it pins their text.

    Raises:
        WrongHash: It is another one.
    """
    expected = catalog.change_log.sha256 if catalog.change_log else None
    actual = hashlib.sha256(content).hexdigest()
    if actual != expected:
        raise WrongHash("The change log is not the one that the catalog pins.", expected=expected, actual=actual)


def read_change_log(content: bytes | None) -> ChangeLog | None:
    """Return what a change log says, None where there is none."""
    if content is None:
        return None
    from launcher.domain.notice import parse_change_log  # noqa: PLC0415 - start-up time

    return parse_change_log(content.decode("utf-8", "replace"))

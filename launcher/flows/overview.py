"""The whole state at one glance: what is offered, what is installed, whose word it is, and what needs saying."""

from __future__ import annotations

from typing import TYPE_CHECKING

from launcher.domain.bundle import parse_bundle
from launcher.domain.choose import choose
from launcher.domain.errors import LauncherError
from launcher.domain.fields import Fields, format_time
from launcher.flows.banner_view import view_banners
from launcher.flows.bundle_view import view_bundle
from launcher.flows.catalogs import list_offers, read_catalogs
from launcher.flows.change_view import view_changes
from launcher.flows.revision_view import read_installed
from launcher.flows.trust_view import summarise, view_error, view_trust, view_unknown
from launcher.store.bundles import list_bundles

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from launcher.domain.banners import Dismissal
    from launcher.domain.bundle import Bundle
    from launcher.domain.machine import Machine
    from launcher.domain.views import BannerView, BundleView, CatalogView, ChangeView, InstallationView, Overview
    from launcher.flows.catalogs import CatalogReading, Offer
    from launcher.flows.revision_view import Installed
    from launcher.flows.session import Session


def overview(session: Session, dismissed: Collection[Dismissal], *, with_notice_texts: bool = True) -> Overview:
    """Return everything that the faces show first. It reads this machine only, and writes nothing.

    Raises:
        StoreError: The store cannot be read at all; what is wrong with one bundle or source is in its row.
    """
    readings = read_catalogs(session)
    offers = list_offers(readings, session.channels)
    installed = {folder.bundle_id: read_installed(folder) for folder in list_bundles(session.layout)}
    bundles = {bundle_id: offer.bundle for bundle_id, offer in offers.items()}
    bundles |= {key: bundle for key, item in installed.items() if key not in bundles and (bundle := _bundle_of(item))}
    machine = session.machine_probe.survey()
    choices = choose(list(bundles.values()), machine)
    change_logs = {reading.source.name: reading.change_log for reading in readings}

    def tell_changes(offer: Offer, active_revision: int) -> list[ChangeView]:
        return view_changes(offer, active_revision, change_logs[offer.source.name], with_texts=with_notice_texts)

    rows = [
        view_bundle(session, choice, offers.get(choice.bundle.id), installed.get(choice.bundle.id), tell_changes)
        for choice in choices
    ]
    return {
        "generated": format_time(session.at),
        "generated_ms": int(session.at.timestamp() * 1000),
        "roots": [str(session.layout.root)],
        "catalogs": [view_catalog(session, reading) for reading in readings],
        "bundles": rows,
        "installations": [view for row in rows if (view := _view_installation(row))],
        "signature_summary": summarise(
            [row["signature"] for row in rows if row["active"]], is_enforced=session.is_enforced
        ),
        "banners": view_banners(session, readings, installed.values(), dismissed, with_texts=with_notice_texts),
        "machine": describe(machine),
        "problems": [view_error(problem) for problem in _problems(session, installed.values(), readings)],
    }


def list_notices(session: Session, dismissed: Collection[Dismissal], *, with_past: bool = False) -> list[BannerView]:
    """Return the notices that concern this machine, and with ``with_past`` what was dismissed or is over as well.

    Raises:
        StoreError: The store cannot be read at all.
    """
    installed = [read_installed(folder) for folder in list_bundles(session.layout)]
    return view_banners(session, read_catalogs(session), installed, dismissed, with_texts=True, with_past=with_past)


def view_catalog(session: Session, reading: CatalogReading) -> CatalogView:
    """Return one source's catalog as the faces show it."""
    trusted = reading.trusted
    catalog = trusted.catalog if trusted else None
    if trusted is not None:
        signature = view_trust(trusted.report, session.at)
    else:
        signature = view_unknown("It could not be read.", reading.problem)
    expires_at = catalog.expires_at if catalog else None
    return {
        "path": reading.source.url if reading.source.is_local else reading.source.name,
        "channel": catalog.channel if catalog else None,
        "revision": catalog.revision if catalog else None,
        "bundles": len(catalog.bundles) if catalog else 0,
        "signature": signature,
        "issued_at": format_time(catalog.issued_at) if catalog and catalog.issued_at else None,
        "expires_at": format_time(expires_at) if expires_at else None,
        "fetched_at": format_time(reading.fetched_at) if reading.fetched_at else None,
        "is_expired": expires_at is not None and expires_at < session.at,
        "problem": view_error(reading.problem) if reading.problem else None,
    }


def describe(machine: Machine) -> str:
    """Return the machine in one line."""
    memory = f"{machine.memory_bytes / 2**30:.0f} GiB" if machine.memory_bytes else None
    parts = [f"{machine.os or 'unknown system'} {machine.arch or ''}".strip(), machine.cpu_name, memory]
    parts += [gpu.name for gpu in machine.gpus or ()]
    return ", ".join(part for part in parts if part)


def _bundle_of(installed: Installed) -> Bundle | None:
    """Return the bundle of an installation or import that no catalog offers, from its own manifest."""
    if installed.shown is None:
        return None
    try:
        return parse_bundle(Fields(installed.shown.document.root, "").child("bundle"))
    except LauncherError:
        return None


def _view_installation(row: BundleView) -> InstallationView | None:
    active = row["active"]
    if active is None:
        return None
    return {
        "id": row["id"],
        "name": row["name"],
        "channel": row["channel"],
        "revision": active["revision"],
        "channel_revision": active["channel_revision"],
        "adapter": "process",
        "accelerator": row["accelerator"],
        "installed_at": active["installed_at"],
        "path": active["path"],
        "index": active["index"],
        "signature": active["signature"],
    }


def _problems(
    session: Session, installed: Collection[Installed], readings: Sequence[CatalogReading]
) -> list[LauncherError]:
    problems: list[LauncherError] = [session.registry_problem] if session.registry_problem else []
    problems += [item.problem for item in installed if item.problem is not None]
    problems += [revision for item in installed for revision in item.revisions if isinstance(revision, LauncherError)]
    problems += [reading.problem for reading in readings if reading.problem is not None]
    return problems

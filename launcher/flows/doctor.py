"""Looking for what keeps installations from working: each check says what it saw, and what helps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from launcher.domain.errors import LauncherError
from launcher.domain.fields import format_time
from launcher.domain.machine import GpuVendor
from launcher.domain.retention import is_under_pressure
from launcher.flows.catalogs import read_catalogs
from launcher.flows.revision_view import read_installed
from launcher.flows.signer_view import SOON
from launcher.flows.trust_view import view_error
from launcher.store.abilities import find_abilities
from launcher.store.bundles import list_bundles
from launcher.store.lock import find_holder
from launcher.store.space import find_space

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from launcher.domain.care_views import CheckView, DoctorView
    from launcher.domain.machine import Machine
    from launcher.flows.session import Session

_GIB: Final = 2**30
_BUNDLES: Final = ("runtime", "bundles")
_REFRESH: Final = (*_BUNDLES, "refresh")
_PRUNE: Final = (*_BUNDLES, "prune")
_REPAIR: Final = (*_BUNDLES, "repair")
_MOVE: Final = (*_BUNDLES, "move")
"""Where to is for a person to say."""


def examine(session: Session, signers_path: Path, first: Sequence[CheckView]) -> DoctorView:
    """Make all checks; a check that fails is itself a finding.

    ``first`` is what was found without a session, ``signers_path`` where the signer registry was read from.
    """
    makers = {
        "Signers": lambda of: _check_signers(of, signers_path),
        "Catalogs": _check_catalogs,
        "Store": _check_store,
        "Disk": _check_space,
        "Locks": _check_lock,
        "Installed": _check_installed,
        "Graphics": lambda of: _check_graphics(of.machine_probe.survey()),
    }
    checks = list(first)
    for name, make in makers.items():
        checks += _guarded(name, make, session)
    return {"ok": all(check["status"] != "broken" for check in checks), "checks": checks}


def well(name: str, sentence: str) -> CheckView:
    """Return a check that found nothing wrong."""
    return {
        "name": name,
        "status": "ok",
        "sentence": sentence,
        "act": None,
        "command": None,
        "path": None,
        "error": None,
    }


def warn(name: str, sentence: str, act: str, command: Sequence[str] = (), *, path: Path | None = None) -> CheckView:
    """Return a check that found what should be looked at: by ``command`` if one helps, else by a person at ``path``."""
    return {
        "name": name,
        "status": "warning",
        "sentence": sentence,
        "act": act,
        "command": list(command) or None,
        "path": None if path is None else str(path),
        "error": None,
    }


def broken(name: str, error: LauncherError, command: Sequence[str] = (), *, path: Path | None = None) -> CheckView:
    """Return a check that found what does not work; ``command`` and ``path`` are as in `warn`."""
    return {
        "name": name,
        "status": "broken",
        "sentence": error.message,
        "act": error.hint,
        "command": list(command) or None,
        "path": None if path is None else str(path),
        "error": view_error(error),
    }


def _guarded(name: str, make: Callable[[Session], Iterator[CheckView]], session: Session) -> list[CheckView]:
    try:
        return list(make(session))
    except LauncherError as error:
        return [broken(name, error)]


def _check_signers(session: Session, path: Path) -> Iterator[CheckView]:
    if session.registry_problem is not None:
        yield broken("Signers", session.registry_problem, path=path)
        return
    signers = session.registry.signers
    ending = [(s, s.expires_at) for s in signers if s.expires_at and s.expires_at - session.at < SOON]
    for signer, expires_at in ending:
        word = "expired" if expires_at < session.at else "expires"
        yield warn(
            "Signers",
            f"`{signer.key_id}` of {signer.issuer} {word} {format_time(expires_at)}.",
            "Ask who runs the channel for a new signer registry.",
            path=path,
        )
    if not ending:
        yield well("Signers", f"Trusted keys: {len(signers)}; none expires within {SOON.days} days.")


def _check_catalogs(session: Session) -> Iterator[CheckView]:
    for reading in read_catalogs(session):
        if reading.problem is not None:
            sentence = f"{reading.source.name}: {reading.problem.message}"
            yield warn("Catalogs", sentence, reading.problem.hint or "", _REFRESH)
        elif reading.trusted is not None and (expires_at := reading.trusted.catalog.expires_at):
            if expires_at < session.at:
                sentence = f"{reading.source.name} expired {format_time(expires_at)}."
                yield warn("Catalogs", sentence, "Fetch a newer one: `arw-cli runtime bundles refresh`.", _REFRESH)
            else:
                yield well("Catalogs", f"{reading.source.name} is valid until {format_time(expires_at)}.")
        else:
            yield well("Catalogs", f"{reading.source.name} can be read.")


def _check_store(session: Session) -> Iterator[CheckView]:
    root = session.layout.root
    if not root.is_dir():
        yield well("Store", f"There is none yet; {root} is made with the first installation.")
        return
    abilities = find_abilities(root)
    if not abilities.locks:
        yield warn(
            "Store",
            f"{root} is on a file system without locks.",
            "Nothing is installed there; choose another volume.",
            _MOVE,
        )
    if not abilities.symbolic_links:
        yield warn(
            "Store",
            f"{root} is on a file system without links.",
            "Bundles that have links are not installed there; a store on another volume takes them.",
            _MOVE,
        )
    if not abilities.hard_links and not abilities.clones:
        yield warn(
            "Store",
            f"{root} is on a file system where revisions cannot share files.",
            "Every revision takes its full size; a store on another volume takes less.",
            _MOVE,
        )
    can = {"hard links": abilities.hard_links, "links": abilities.symbolic_links, "clones": abilities.clones}
    yield well(
        "Store", f"{root} can be written; it has {', '.join(name for name, has in can.items() if has) or 'none'}."
    )


def _check_space(session: Session) -> Iterator[CheckView]:
    folder = next(path for path in (session.layout.root, *session.layout.root.parents) if path.is_dir())
    space = find_space(folder)
    limits = session.disk_limits
    sentence = f"{space.free / _GIB:.1f} GiB of {space.total / _GIB:.1f} GiB are free."
    if is_under_pressure(
        free_bytes=space.free,
        total_bytes=space.total,
        min_free_bytes=limits.min_free_bytes,
        min_free_percent=limits.min_free_percent,
    ):
        sentence = f"{sentence} Old revisions are deleted by themselves."
        yield warn("Disk", sentence, "`arw-cli runtime bundles prune`", _PRUNE)
    else:
        yield well("Disk", sentence)


def _check_lock(session: Session) -> Iterator[CheckView]:
    holder = find_holder(session.layout.lock)
    if holder is None:
        yield well("Locks", "Nobody is changing the store.")
    else:
        yield warn("Locks", f"{holder} is changing the store.", "Wait for it; the lock ends with the process.")


def _check_installed(session: Session) -> Iterator[CheckView]:
    folders = list_bundles(session.layout)
    faults = 0
    for installed in map(read_installed, folders):
        bundle_id = installed.folder.bundle_id
        if installed.problem is not None:
            faults += 1
            yield warn("Installed", installed.problem.message, installed.problem.hint or "", (*_REPAIR, bundle_id))
        for revision in installed.revisions:
            if isinstance(revision, LauncherError):
                faults += 1
                revision.hint = f"`arw-cli runtime bundles repair {bundle_id}`, or install it again."
                yield broken("Installed", revision, (*_REPAIR, bundle_id))
    if not faults:
        yield well(
            "Installed", f"Installed bundles: {len(folders)}; all can be read, and `audit --deep` hashes every file."
        )


def _check_graphics(machine: Machine) -> Iterator[CheckView]:
    if machine.gpus_of(GpuVendor.NVIDIA) and machine.nvidia_driver is None:
        yield warn("Graphics", "There is an NVIDIA GPU, but no driver that answers.", "Install NVIDIA's driver.")
    if machine.has_vulkan_loader and not machine.real_vulkan_devices():
        yield warn(
            "Graphics",
            "Vulkan is installed, but drives no GPU.",
            "Install the Vulkan driver of the GPU, if there is one.",
        )
        return
    devices = ", ".join(device.name for device in machine.real_vulkan_devices())
    driver = f"NVIDIA driver {machine.nvidia_driver}" if machine.nvidia_driver else "no NVIDIA driver"
    yield well("Graphics", f"{driver}; Vulkan: {devices or 'not installed'}.")

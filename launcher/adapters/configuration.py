"""What a person or an operator wrote down for this machine: settings, trusted signers, dismissed notices."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from launcher.adapters.shipped import shipped_path
from launcher.domain.canonical import parse_document
from launcher.domain.errors import BadSignerRegistry, NoSignerRegistry, ParseError
from launcher.domain.fields import Fields
from launcher.domain.settings import Settings, parse_settings
from launcher.domain.signers import NOBODY, SignerRegistry, parse_signer_registry
from launcher.store.disk_errors import name_disk_error, named_disk_errors
from launcher.store.durable import write_durably

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from launcher.adapters.places import Places
    from launcher.domain.errors import TrustError

SIGNERS_NAME = "bundle_signers.json"


def load_settings(places: Places) -> Settings:
    """Read the settings; without a file, the defaults.

    Raises:
        ParseError: The file is not a settings file.
        StoreError: It cannot be read.
    """
    raw = _read_if_there(places.settings)
    return Settings() if raw is None else parse_settings(raw)


def load_signers(places: Places, environ: Mapping[str, str]) -> tuple[SignerRegistry, TrustError | None]:
    """Read the signer registry, wherever the first one is (3-trust, "Signer registry").

    An absent or broken one is returned as an empty one, which trusts nobody, with what is wrong (threat F10).

    Raises:
        StoreError: The file is there and cannot be read.
    """
    path = find_signers(places, environ)
    raw = _read_if_there(path)
    if raw is None:
        return NOBODY, NoSignerRegistry(
            "There is no signer registry, so nothing is trusted.", expected=str(path), actual="no such file"
        )
    try:
        return parse_signer_registry(raw), None
    except BadSignerRegistry as error:
        return NOBODY, error


def find_signers(places: Places, environ: Mapping[str, str]) -> Path:
    """Return where the signer registry is or should be."""
    if places.sample_dir is not None:
        return places.sample_dir / SIGNERS_NAME
    named = environ.get("ARW_RUNTIME_BUNDLE_SIGNERS")
    if named:
        return Path(named).expanduser()
    own = places.config_dir / SIGNERS_NAME
    return own if own.exists() else shipped_path(f"configs/runtime/{SIGNERS_NAME}")


def load_dismissals(places: Places) -> frozenset[str]:
    """Return the keys of the notices that were dismissed; a damaged file dismisses nothing.

    Raises:
        StoreError: The file cannot be read.
    """
    raw = _read_if_there(places.dismissals)
    try:
        return frozenset(Fields(parse_document(raw).root, "").texts("dismissed")) if raw else frozenset()
    except ParseError:
        return frozenset()


def save_dismissals(places: Places, keys: Iterable[str]) -> None:
    """Write which notices were dismissed.

    Raises:
        StoreError: The disk refused.
    """
    content = json.dumps({"version": 1, "dismissed": sorted(keys)}, indent=1).encode()
    with named_disk_errors(places.dismissals):
        places.dismissals.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_durably(places.dismissals, content, mode=0o600)


def _read_if_there(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise name_disk_error(error, path) from error

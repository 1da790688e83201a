"""Where this person's files are; trust and settings lie outside of the cache, so that clearing it loses none."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from launcher.domain.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

APP_NAME: Final = "arw"
_STORE: Final = ("runtime", "bundles")


class Places(NamedTuple):
    """The folders and files of one person, or of the sample, which has a world of its own.

    Attributes:
        store_root: The store where nothing else is chosen, or the one that was named.
        config_dir: Settings and the person's own signer registry.
        state_dir: Dismissed notices and logs.
        sample_dir: The sample registry, in sample mode only.
        is_store_named: Whether ``--dest`` or ``ARW_RUNTIME_BUNDLE_ROOT`` named the store, so that no setting moves it.
    """

    store_root: Path
    config_dir: Path
    state_dir: Path
    sample_dir: Path | None = None
    is_store_named: bool = False

    def find_store(self, chosen: str | None) -> Path:
        """Return the store; ``chosen`` is the one of the settings."""
        return Path(chosen) if chosen and not self.is_store_named else self.store_root

    @property
    def settings(self) -> Path:
        """The settings file; it need not exist."""
        return self.config_dir / "settings.json"

    @property
    def store_move(self) -> Path:
        """The note about a move of the store; it is there during one, and after one that was interrupted."""
        return self.config_dir / "store-move.json"

    @property
    def dismissals(self) -> Path:
        """Which notices were dismissed."""
        return self.state_dir / "dismissed.json"

    @property
    def consents(self) -> Path:
        """What this person agreed to."""
        return self.state_dir / "consents.json"

    @property
    def running(self) -> Path:
        """The notes about running runtimes."""
        return self.state_dir / "running"

    @property
    def log(self) -> Path:
        """The log file, named by every message about a bug."""
        return self.state_dir / "log" / "arw.log"


def find_places(environ: Mapping[str, str], *, is_sample: bool = False, store_root: Path | None = None) -> Places:
    """Find where everything is.

    Args:
        environ: The environment; ``ARW_RUNTIME_BUNDLE_ROOT`` moves the store.
        is_sample: Use the sample's own folders, so that nothing of it is ever trusted elsewhere.
        store_root: A store that was named on the command line; it wins.
    """
    cache, config, state = _find_own_folders()
    if is_sample:
        sample = cache / "sample"
        root = store_root or sample / "bundles"
        return Places(root.absolute(), sample / "config", sample / "state", sample / "registry", store_root is not None)
    configured = environ.get("ARW_RUNTIME_BUNDLE_ROOT")
    root = store_root or (Path(configured).expanduser() if configured else cache.joinpath(*_STORE))
    is_named = store_root is not None or bool(configured)
    return Places(root.absolute(), config, state, is_store_named=is_named)


def _find_own_folders() -> tuple[Path, Path, Path]:
    """Return this person's folders for what can be fetched again, for what they chose, and for what we remember."""
    if sys.platform == "linux":
        # As platformdirs finds them, without the 5 ms that importing it takes at every start.
        own = (("XDG_CACHE_HOME", ".cache"), ("XDG_CONFIG_HOME", ".config"), ("XDG_STATE_HOME", ".local/state"))
        cache, config, state = (_find_xdg_folder(name, usual) / APP_NAME for name, usual in own)
    else:
        from platformdirs import user_cache_path, user_config_path, user_state_path  # noqa: PLC0415 - see above

        cache = user_cache_path(APP_NAME, appauthor=False)
        config = user_config_path(APP_NAME, appauthor=False)
        state = user_state_path(APP_NAME, appauthor=False)
    return cache, config, state


def _find_xdg_folder(variable: str, usual: str) -> Path:
    """Return a folder of the XDG Base Directory Specification, 0.8: a relative path in the variable is ignored."""
    named = os.environ.get(variable, "").strip()
    return Path(named) if os.path.isabs(named) else Path(os.path.expanduser("~")) / usual  # noqa: PTH111, PTH117 - texts

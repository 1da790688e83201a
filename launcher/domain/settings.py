"""What a person may choose; everything has a sensible default, and no file at all is fine.

One table, `SETTINGS`, drives reading the file, `arw-cli settings`, the window, and docs/reference/settings.md.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, Literal

from launcher.domain.bundle import parse_channel
from launcher.domain.canonical import MAX_INTEGER, parse_document
from launcher.domain.errors import BadSetting, FetchError, ParseError
from launcher.domain.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Kind = Literal["channels", "urls", "hosts", "proxy", "path", "integer", "flag", "choice"]
DEFAULT_CHANNELS: Final = ("preview", "stable")
KEEP_NEWEST: Final = 5
"""What the operators' runbook promises: at least the five most recent revisions stay on disk."""
LIST_KINDS: Final = frozenset({"channels", "urls", "hosts"})
_POLICIES: Final = ("ask", "automatic", "never")
_TRUE_WORDS: Final = frozenset({"1", "true", "yes", "on"})
_FALSE_WORDS: Final = frozenset({"0", "false", "no", "off"})
_ALLOWED: Final = {
    "channels": "names of channels",
    "urls": "https:// or file:// URLs",
    "hosts": "host names, without a port",
    "proxy": "http://host:port, or nothing",
    "path": "an absolute path, or nothing",
    "flag": "true or false",
}
# Compiled when such a setting is read, not with every start.
_HOST: Final = r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\[[0-9A-Fa-f:.]{2,45}\]"
_PROXY: Final = r"http://[^\s/@]+(?:@[^\s/@]+)?:\d{1,5}/?"


class DiskLimits(NamedTuple):
    """Below which room on the store's volume old revisions are deleted by themselves; either is enough."""

    min_free_bytes: int = 5 * 1024**3
    min_free_percent: int = 10


USUAL_DISK_LIMITS: Final = DiskLimits()


class Settings(NamedTuple):
    """The settings of one person on one machine; `SETTINGS` says what each of them is for."""

    channels: tuple[str, ...] = DEFAULT_CHANNELS
    sources: tuple[str, ...] = ()
    http_hosts: tuple[str, ...] = ()
    proxy: str | None = None
    ca_file: str | None = None
    offline: bool = False
    require_signed: bool = False
    store_root: str | None = None
    keep_newest: int = KEEP_NEWEST
    min_free_bytes: int = USUAL_DISK_LIMITS.min_free_bytes
    min_free_percent: int = USUAL_DISK_LIMITS.min_free_percent
    check_updates: str = "automatic"
    download_updates: str = "ask"
    activate_updates: str = "ask"
    parallel_downloads: int = 2
    appearance: str = "system"
    language: str = "system"
    tray: bool = True
    close_to_tray: bool = False
    notifications: bool = True
    log_level: str = "info"

    @property
    def disk_limits(self) -> DiskLimits:
        """When old revisions go by themselves."""
        return DiskLimits(self.min_free_bytes, self.min_free_percent)


class Setting(NamedTuple):
    """One row of the table.

    Attributes:
        name: Its key in ``settings.json``, and its field in `Settings`.
        kind: What its value is.
        sentence: What it is for.
        choices: The words that a ``choice`` allows.
        minimum: The least that an ``integer`` allows.
        maximum: The most that an ``integer`` allows.
    """

    name: str
    kind: Kind
    sentence: str
    choices: tuple[str, ...] = ()
    minimum: int = 0
    maximum: int = MAX_INTEGER

    @property
    def default(self) -> Any:  # noqa: ANN401 - as `kind` says
        """What holds where nothing is said."""
        return Settings._field_defaults[self.name]

    @property
    def allowed(self) -> str:
        """Which values there are, in words."""
        if self.kind == "choice":
            return " or ".join(self.choices)
        if self.kind == "integer":
            limit = f"to {self.maximum}" if self.maximum != MAX_INTEGER else "up"
            return f"an integer from {self.minimum} {limit}"
        return _ALLOWED[self.kind]


SETTINGS: Final = (
    Setting("channels", "channels", "The channels that are followed."),
    Setting("sources", "urls", "Catalogs and exported caches to look at besides the shipped catalogs."),
    Setting("http_hosts", "hosts", "Hosts that may be asked over plain http."),
    Setting("proxy", "proxy", "The proxy to use instead of the one that the system names."),
    Setting("ca_file", "path", "Certificates (PEM) to prove servers by, instead of the operating system's."),
    Setting("offline", "flag", "Never ask a server; what was fetched or imported before is used."),
    Setting("require_signed", "flag", "Refuse whatever is not signed by a trusted signer."),
    Setting("store_root", "path", "Where bundles are stored, instead of the cache folder."),
    Setting("keep_newest", "integer", "So many of the newest revisions always stay.", minimum=KEEP_NEWEST),
    Setting("min_free_bytes", "integer", "With less free than this, old revisions are deleted by themselves."),
    Setting("min_free_percent", "integer", "The same as a part of the volume.", maximum=100),
    Setting(
        "check_updates",
        "choice",
        "Whether the window looks for updates, at its start and every six hours.",
        choices=_POLICIES,
    ),
    Setting(
        "download_updates",
        "choice",
        "Whether the window downloads what it found; a metered connection makes it ask.",
        choices=_POLICIES,
    ),
    Setting(
        "activate_updates",
        "choice",
        "Whether the window makes active what it downloaded; never while the runtime runs.",
        choices=_POLICIES,
    ),
    Setting("parallel_downloads", "integer", "How many downloads the window runs at once.", minimum=1, maximum=8),
    Setting("appearance", "choice", "Colours of the window.", choices=("system", "light", "dark")),
    Setting("language", "choice", "Language of the window.", choices=("system", "en", "de")),
    Setting("tray", "flag", "Whether the window shows its state in the system's tray."),
    Setting("close_to_tray", "flag", "Whether the app stays in the tray when its window is closed."),
    Setting("notifications", "flag", "Whether finished jobs are told while the window is not in front."),
    Setting(
        "log_level", "choice", "What the log file keeps: failures, or what jobs say too.", choices=("error", "info")
    ),
)


def parse_settings(raw: bytes) -> Settings:
    """Read ``settings.json``; keys of later versions are ignored, null and absent are the default.

    Raises:
        ParseError: It is not a settings file, or a value is none that is allowed.
    """
    root = parse_document(raw).root
    return Settings(
        **{
            setting.name: parse_value(setting, root[setting.name])
            for setting in SETTINGS
            if root.get(setting.name) is not None
        }
    )


def find_setting(name: str) -> Setting | None:
    """Return the row of a name, or None."""
    return next((setting for setting in SETTINGS if setting.name == name), None)


def parse_value(setting: Setting, value: object) -> Any:  # noqa: ANN401 - as the setting's kind says
    """Return a value of ``settings.json`` as `Settings` has it.

    Raises:
        BadSetting: It is none that is allowed.
    """
    if setting.kind in LIST_KINDS:
        if not isinstance(value, list) or not all(_is_item(setting.kind, item) for item in value):
            raise _bad(setting, value)
        return tuple(value) or setting.default
    if not _is_value(setting, value):
        raise _bad(setting, value)
    return value


def parse_words(setting: Setting, words: Sequence[str]) -> Any:  # noqa: ANN401 - as the setting's kind says
    """Return what a person typed as a value of ``settings.json``; no word, or an empty one, is nothing.

    Raises:
        BadSetting: It is none that is allowed.
    """
    said = [word for word in words if word]
    if setting.kind in LIST_KINDS:
        parse_value(setting, said)
        return said
    if len(said) > 1:
        raise _bad(setting, " ".join(said))
    if not said:
        if setting.kind in ("path", "proxy"):
            return None
        raise _bad(setting, "nothing")
    value = _as_json(setting.kind, said[0])
    parse_value(setting, value)
    return value


def is_enforced(environ: Mapping[str, str]) -> bool:
    """Tell whether ``ARW_REQUIRE_SIGNED_BUNDLES`` demands signatures (3-trust, end of "Verification")."""
    return environ.get("ARW_REQUIRE_SIGNED_BUNDLES", "").strip().lower() in _TRUE_WORDS


def _as_json(kind: Kind, word: str) -> object:
    if kind == "integer" and re.fullmatch(r"\d{1,19}", word, re.ASCII):
        return int(word)
    if kind == "flag" and word.lower() in _TRUE_WORDS | _FALSE_WORDS:
        return word.lower() in _TRUE_WORDS
    return word


def _is_value(setting: Setting, value: object) -> bool:
    match setting.kind:
        case "flag":
            return isinstance(value, bool)
        case "choice":
            return value in setting.choices
        case "integer":
            is_integer = isinstance(value, int) and not isinstance(value, bool)
            return is_integer and setting.minimum <= value <= setting.maximum  # type: ignore[operator]
        case "proxy":
            return isinstance(value, str) and re.fullmatch(_PROXY, value, re.ASCII) is not None
        case _:
            return isinstance(value, str) and _is_absolute(value)


def _is_item(kind: Kind, item: object) -> bool:
    if not isinstance(item, str):
        return False
    if kind == "hosts":
        return re.fullmatch(_HOST, item, re.ASCII) is not None
    try:
        if kind == "channels":
            parse_channel(item)
        else:
            from launcher.domain.url import parse_url  # noqa: PLC0415 - start-up time; few follow further sources

            parse_url(item)
    except (ParseError, FetchError):
        return False
    return True


def _is_absolute(text: str) -> bool:
    from pathlib import PurePosixPath, PureWindowsPath  # noqa: PLC0415 - beside its one use

    is_absolute = PurePosixPath(text).is_absolute() or PureWindowsPath(text).is_absolute()
    return is_absolute and text.isprintable()


def _bad(setting: Setting, value: object) -> BadSetting:
    # ascii() of a text only: a proxy's password must not be shown, and an object may be large.
    shown = "another address" if setting.kind == "proxy" else ascii(value)[:80]
    return BadSetting(f"`{setting.name}` cannot be that.", expected=setting.allowed, actual=shown)

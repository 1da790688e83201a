"""``settings.json``: shown row by row, and changed without losing what a later version wrote into it."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from launcher.domain.canonical import parse_document
from launcher.domain.errors import BadSetting, ParseError, UsageError
from launcher.domain.settings import SETTINGS, find_setting, is_enforced, parse_settings, parse_words
from launcher.store.disk_errors import named_disk_errors
from launcher.store.durable import write_durably
from launcher.store.lock import locked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from launcher.adapters.places import Places
    from launcher.domain.care_views import SettingView
    from launcher.domain.settings import Setting

DAMAGED_SUFFIX: Final = ".damaged"
_LOCK_WAIT_S: Final = 10.0


def view_settings(places: Places, environ: Mapping[str, str]) -> list[SettingView]:
    """Return every setting with its value, in the order of the table.

    Raises:
        ParseError: The settings are damaged.
        StoreError: They cannot be read.
    """
    root = load_root(places)
    settings = parse_settings(json.dumps(root).encode())
    return [_view(row, getattr(settings, row.name), _find_ruler(row, places, environ)) for row in SETTINGS]


def change_setting(places: Places, environ: Mapping[str, str], name: str, words: Sequence[str]) -> SettingView:
    """Give a setting the value that a person typed.

    Raises:
        UsageError: There is no such setting, its value is not allowed, or the environment has the last word.
        ParseError: The settings are damaged.
        StoreError: They cannot be read or written.
    """
    setting = require_setting(name)
    ruler = _find_ruler(setting, places, environ)
    if ruler is not None:
        raise UsageError(f"`{name}` cannot be changed here, because {ruler} decides it.", hint="Change it there.")
    try:
        value = parse_words(setting, words)
    except BadSetting as error:
        raise UsageError(error.message, expected=error.expected, actual=error.actual) from error
    with changed_root(places) as root:
        root[name] = value
    return _views_of(places, environ, {name})[0]


def reset_settings(places: Places, environ: Mapping[str, str], names: Sequence[str]) -> list[SettingView]:
    """Give settings their defaults again, without names all of them.

    Then even a damaged file is mended: it is kept beside the new one, ``settings.json.damaged``.

    Raises:
        UsageError: There is no such setting.
        ParseError: The settings are damaged, and only some were to be reset.
        StoreError: They cannot be read or written.
    """
    chosen = {require_setting(name).name for name in names} or {row.name for row in SETTINGS}
    if not names:
        _set_aside_if_damaged(places)
    with changed_root(places) as root:
        for name in chosen:
            root.pop(name, None)
    return _views_of(places, environ, chosen)


def require_setting(name: str) -> Setting:
    """Return the row of a name.

    Raises:
        UsageError: There is none.
    """
    setting = find_setting(name)
    if setting is None:
        raise UsageError(f"There is no setting `{name}`.", expected=", ".join(row.name for row in SETTINGS))
    return setting


def load_root(places: Places) -> dict[str, Any]:
    """Return the object of the file, proven to be settings; an empty one without a file.

    Raises:
        ParseError: The settings are damaged.
        StoreError: They cannot be read.
    """
    with named_disk_errors(places.settings):
        try:
            raw = places.settings.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return {}
    parse_settings(raw)
    return parse_document(raw).root


@contextmanager
def changed_root(places: Places) -> Iterator[dict[str, Any]]:
    """Give the object of the file to change, and write it at the end; no two processes do so at once.

    Raises:
        ParseError: The settings are damaged.
        StoreError: They cannot be read or written.
    """
    path = places.settings
    with named_disk_errors(path):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with locked(path.with_name(f".{path.name}.lock"), "changing the settings", timeout_s=_LOCK_WAIT_S):
        root = load_root(places)
        yield root
        content = json.dumps(root, indent=2, ensure_ascii=False).encode() + b"\n"
        with named_disk_errors(path):
            write_durably(path, content, mode=0o600)  # a proxy's password may stand in it


def _set_aside_if_damaged(places: Places) -> None:
    try:
        load_root(places)
    except ParseError:
        with named_disk_errors(places.settings):
            places.settings.replace(places.settings.with_name(places.settings.name + DAMAGED_SUFFIX))


def _views_of(places: Places, environ: Mapping[str, str], names: set[str]) -> list[SettingView]:
    return [view for view in view_settings(places, environ) if view["name"] in names]


def _find_ruler(setting: Setting, places: Places, environ: Mapping[str, str]) -> str | None:
    """Return what has the last word over a setting, if it is not the file."""
    if setting.name == "require_signed" and is_enforced(environ):
        return "`ARW_REQUIRE_SIGNED_BUNDLES`"
    if setting.name == "store_root" and places.is_store_named:
        return "`--dest` or `ARW_RUNTIME_BUNDLE_ROOT`"
    return None


def _view(setting: Setting, value: Any, ruler: str | None) -> SettingView:  # noqa: ANN401 - as its kind says
    if ruler is not None and setting.name == "require_signed":
        value = True
    return {
        "name": setting.name,
        "value": list(value) if isinstance(value, tuple) else value,
        "default": list(setting.default) if isinstance(setting.default, tuple) else setting.default,
        "is_default": value == setting.default,
        "kind": setting.kind,
        "allowed": setting.allowed,
        "choices": list(setting.choices),
        "ruled_by": ruler,
        "sentence": setting.sentence,
    }

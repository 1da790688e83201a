"""The settings file: read strictly, changed without losing anything, by any number of processes."""

from __future__ import annotations

import json
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from launcher.adapters.places import find_places
from launcher.adapters.settings_file import change_setting, reset_settings, view_settings
from launcher.domain.errors import BadSetting, UsageError

if TYPE_CHECKING:
    from launcher.adapters.places import Places


@pytest.fixture
def places() -> Places:
    return find_places({})


def values(places: Places) -> dict[str, object]:
    return {view["name"]: view["value"] for view in view_settings(places, {})}


def test_a_list_takes_all_its_words_and_none(places: Places) -> None:
    change_setting(places, {}, "http_hosts", ["mirror", "10.0.0.1"])
    assert values(places)["http_hosts"] == ["mirror", "10.0.0.1"]
    change_setting(places, {}, "http_hosts", [])
    assert values(places)["http_hosts"] == []


def test_nothing_takes_a_path_back_but_not_a_number(places: Places) -> None:
    change_setting(places, {}, "ca_file", ["/etc/ssl/mine.pem"])
    assert change_setting(places, {}, "ca_file", [])["value"] is None
    for name in ("keep_newest", "tray", "language"):
        with pytest.raises(UsageError):
            change_setting(places, {}, name, [])


@pytest.mark.parametrize("word", ["", "-1", "5.0", "9" * 30, "²"])
def test_what_is_no_number_is_refused(places: Places, word: str) -> None:
    with pytest.raises(UsageError):
        change_setting(places, {}, "keep_newest", [word])


def test_a_password_in_a_proxy_is_shown_in_no_refusal(places: Places) -> None:
    with pytest.raises(UsageError) as caught:
        change_setting(places, {}, "proxy", ["ftp://me:secret@proxy:1"])
    assert "secret" not in str(caught.value.as_json())


@pytest.mark.skipif(os.name != "posix", reason="modes")
def test_nobody_else_reads_the_file(places: Places) -> None:
    change_setting(places, {}, "proxy", ["http://me:secret@proxy:3128"])
    assert stat.S_IMODE(places.settings.stat().st_mode) == 0o600


def test_changes_at_once_lose_none(places: Places) -> None:
    changes = [("keep_newest", "9"), ("tray", "no"), ("language", "de"), ("appearance", "dark"), ("offline", "on")]
    with ThreadPoolExecutor(len(changes)) as pool:
        list(pool.map(lambda change: change_setting(places, {}, change[0], [change[1]]), changes))
    found = values(places)
    assert [found[name] for name, _ in changes] == [9, False, "de", "dark", True]


def test_a_bad_value_in_the_file_is_named_with_what_is_allowed(places: Places) -> None:
    places.settings.parent.mkdir(parents=True)
    places.settings.write_text('{"parallel_downloads": 9}', encoding="utf-8")
    with pytest.raises(BadSetting) as caught:
        view_settings(places, {})
    assert (caught.value.expected, caught.value.actual) == ("an integer from 1 to 8", "9")
    with pytest.raises(BadSetting):
        reset_settings(places, {}, ["tray"])
    assert all(view["is_default"] for view in reset_settings(places, {}, []))
    assert json.loads(places.settings.read_bytes()) == {}


def test_null_is_the_default(places: Places) -> None:
    places.settings.parent.mkdir(parents=True)
    places.settings.write_text('{"proxy": null, "channels": null, "keep_newest": null}', encoding="utf-8")
    assert all(view["is_default"] for view in view_settings(places, {}))

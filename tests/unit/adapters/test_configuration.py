"""What a person or operator wrote down: read strictly, and never trusted more than it says."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from launcher.adapters.configuration import (
    find_signers,
    load_dismissals,
    load_settings,
    load_signers,
    save_dismissals,
)
from launcher.adapters.places import find_places
from launcher.domain.errors import BadSignerRegistry, NoSignerRegistry, ParseError, StoreError
from launcher.domain.settings import Settings
from launcher.domain.signers import NOBODY
from tests.registry import Key

if TYPE_CHECKING:
    from pathlib import Path

    from launcher.adapters.places import Places


@pytest.fixture
def places(home: Path) -> Places:
    places = find_places({})
    places.config_dir.mkdir(parents=True)
    return places


def write_signers(path: Path, key: Key) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"version": 1, "signers": [key.as_signer()]}), encoding="utf-8")


def test_without_a_file_the_defaults_hold(places: Places) -> None:
    assert load_settings(places) == Settings()


def test_settings_are_read(places: Places) -> None:
    content = {"channels": ["stable"], "sources": ["https://example.org/b.json"], "http_hosts": ["build.lan"]}
    places.settings.write_text(json.dumps(content), encoding="utf-8")

    settings = load_settings(places)

    assert settings.channels == ("stable",)
    assert settings.sources == ("https://example.org/b.json",)
    assert settings.http_hosts == ("build.lan",)


@pytest.mark.parametrize("content", ["", "[]", '{"channels": "stable"}', '{"channels": ["No Channel"]}', "{}{}"])
def test_damaged_settings_are_named(places: Places, content: str) -> None:
    places.settings.write_text(content, encoding="utf-8")

    with pytest.raises(ParseError):
        load_settings(places)


def test_settings_that_are_a_folder_are_named(places: Places) -> None:
    places.settings.mkdir()

    with pytest.raises(StoreError):
        load_settings(places)


def test_first_registry_counts_and_no_other(places: Places, tmp_path: Path) -> None:
    own, named = Key("own"), Key("named")
    write_signers(places.config_dir / "bundle_signers.json", own)
    write_signers(tmp_path / "named.json", named)

    assert [signer.key_id for signer in load_signers(places, {})[0].signers] == ["own"]
    environ = {"ARW_RUNTIME_BUNDLE_SIGNERS": str(tmp_path / "named.json")}
    assert [signer.key_id for signer in load_signers(places, environ)[0].signers] == ["named"]


def test_named_registry_that_is_not_there_is_not_replaced_by_another(places: Places, tmp_path: Path) -> None:
    write_signers(places.config_dir / "bundle_signers.json", Key("own"))

    registry, problem = load_signers(places, {"ARW_RUNTIME_BUNDLE_SIGNERS": str(tmp_path / "gone.json")})

    assert registry is NOBODY
    assert isinstance(problem, NoSignerRegistry)
    assert problem.expected == str(tmp_path / "gone.json")


def test_home_is_understood(places: Places, home: Path) -> None:
    assert find_signers(places, {"ARW_RUNTIME_BUNDLE_SIGNERS": "~/keys.json"}) == home / "keys.json"


@pytest.mark.parametrize("content", ["", "{}", '{"version": 1, "signers": [{}]}', '{"version": 2, "signers": []}'])
def test_broken_registry_trusts_nobody(places: Places, content: str) -> None:
    (places.config_dir / "bundle_signers.json").write_text(content, encoding="utf-8")

    registry, problem = load_signers(places, {})

    assert registry is NOBODY
    assert isinstance(problem, BadSignerRegistry)


def test_sample_trusts_its_own_registry_only(home: Path, tmp_path: Path) -> None:
    places = find_places({}, is_sample=True)
    write_signers(tmp_path / "named.json", Key("named"))
    assert places.sample_dir is not None
    write_signers(places.sample_dir / "bundle_signers.json", Key("sample"))

    registry, _ = load_signers(places, {"ARW_RUNTIME_BUNDLE_SIGNERS": str(tmp_path / "named.json")})

    assert [signer.key_id for signer in registry.signers] == ["sample"]


def test_dismissals_come_back(places: Places) -> None:
    assert load_dismissals(places) == frozenset()

    save_dismissals(places, {"b:2", "a:1"})

    assert load_dismissals(places) == {"a:1", "b:2"}
    assert places.dismissals.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("content", [b"", b"{", b'{"dismissed": [1]}', b'{"dismissed": "all"}', b"\xff"])
def test_damaged_dismissals_dismiss_nothing(places: Places, content: bytes) -> None:
    places.dismissals.parent.mkdir(parents=True)
    places.dismissals.write_bytes(content)

    assert load_dismissals(places) == frozenset()

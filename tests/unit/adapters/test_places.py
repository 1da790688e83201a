"""Where a person's files are: trust and settings outside of the cache, and the sample in a world of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from launcher.adapters.places import find_places


def test_only_the_store_is_in_the_cache(home: Path) -> None:
    places = find_places({})

    cache = places.store_root.parents[1]
    assert places.store_root == cache / "runtime" / "bundles"
    for path in (places.config_dir, places.state_dir, places.settings, places.dismissals, places.log):
        assert path.is_relative_to(home)
        assert not path.is_relative_to(cache)


def test_option_wins_over_the_environment_over_the_default(home: Path, tmp_path: Path) -> None:
    environ = {"ARW_RUNTIME_BUNDLE_ROOT": "~/elsewhere"}

    assert find_places(environ).store_root == home / "elsewhere"
    assert find_places(environ, store_root=tmp_path / "named").store_root == tmp_path / "named"


@pytest.mark.parametrize("is_sample", [False, True])
def test_store_is_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_sample: bool) -> None:
    monkeypatch.chdir(tmp_path)

    assert find_places({}, is_sample=is_sample, store_root=Path("mine")).store_root == tmp_path / "mine"


def test_sample_shares_nothing_with_the_rest() -> None:
    sample, own = find_places({"ARW_RUNTIME_BUNDLE_ROOT": "/srv/runtimes"}, is_sample=True), find_places({})

    assert sample.sample_dir is not None
    assert own.sample_dir is None
    shared = {sample.store_root, sample.config_dir, sample.state_dir} & {own.store_root, own.config_dir, own.state_dir}
    assert shared == set()
    assert sample.store_root.parent == sample.sample_dir.parent

"""Moving the store, testing sources, downloading updates and listing signers, through the command line program."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from launcher.domain import care_views
from tests.e2e.program import Program, program_for
from tests.packing import runtime_tree
from tests.registry import LLAMA, Offer, Registry

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the runtimes of this registry are shell scripts")


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[Registry]:
    with Registry(tmp_path / "registry") as registry:
        registry.publish(Offer(tree=runtime_tree("b1"), version="b1"))
        yield registry


@pytest.fixture
def arw(registry: Registry) -> Program:
    arw = program_for(registry)
    arw.environ.pop("ARW_RUNTIME_BUNDLE_ROOT", None)
    return arw


def test_a_store_is_moved_and_used_there(arw: Program, registry: Registry, tmp_path: Path) -> None:
    source = ("--catalog", registry.catalog_url)
    assert arw.bundles("install", LLAMA, *source).status == 0
    before = Path(arw.bundles("path", LLAMA).out.strip())
    target = tmp_path / "moved here"
    planned = arw.bundles("move", str(target), "--dry-run")
    assert (planned.status, target.exists(), before.is_dir()) == (0, False, True)
    assert "Would move the store" in planned.out
    assert str(target) in planned.out

    done = arw.bundles("move", str(target), "--json")

    assert (done.status, set(done.json)) == (0, set(care_views.MoveView.__annotations__))
    after = Path(arw.bundles("path", LLAMA).out.strip())
    assert after.is_relative_to(target)
    assert not before.exists()
    registry.publish(Offer(tree=runtime_tree("b2"), version="b2"))
    assert arw.bundles("update", *source).status == 0
    assert arw.bundles("rollback", "--bundle", LLAMA).status == 0
    assert Path(arw.bundles("path", LLAMA).out.strip()) == after
    again = arw.bundles("move", str(target))
    assert (again.status, "already" in again.talk) == (3, True)
    assert arw.bundles("move", "--clean-up").status == 3
    assert arw.bundles("move").status == 2
    refused = arw.bundles("move", str(tmp_path), "--json")
    assert (refused.status, refused.json["error"]["code"]) == (1, "cannot-move")


def test_an_update_is_downloaded_first_and_activated_later(arw: Program, registry: Registry) -> None:
    source = ("--catalog", registry.catalog_url)
    assert arw.bundles("install", LLAMA, *source).status == 0
    before = arw.bundles("path", LLAMA).out
    registry.publish(Offer(tree=runtime_tree("b2"), version="b2"))
    downloaded = arw.bundles("update", "--download-only", *source)
    assert (downloaded.status, f"Downloaded {LLAMA} b2" in downloaded.out) == (0, True)
    assert arw.bundles("path", LLAMA).out == before
    assert arw.bundles("update", *source).status == 0
    assert arw.bundles("path", LLAMA).out != before


def test_a_source_is_tested_and_signers_are_listed(arw: Program, registry: Registry) -> None:
    good = arw.bundles("source", "test", registry.catalog_url)
    assert (good.status, "Works" in good.out, "Signed by" in good.out) == (0, True, True)
    bad = arw.bundles("source", "test", f"{registry.catalog_url}.gone", "--json")
    assert (bad.status, bad.json["ok"], bad.json["problem"]["code"]) == (1, False, "http-status")
    assert set(bad.json) == set(care_views.SourceTestView.__annotations__)
    signers = arw.bundles("keys", "list")
    assert (signers.status, "valid" in signers.out, str(registry.signers_path) in signers.out) == (0, True, True)
    assert set(arw.bundles("keys", "list", "--json").json) == set(care_views.SignersView.__annotations__)

"""What ships in configs/runtime/, and the script that writes it."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from launcher.adapters.shipped import shipped_path
from launcher.domain.bundle import Bundle, Manifest, parse_manifest
from launcher.domain.canonical import parse_document
from launcher.domain.catalog import Catalog, find_manifest_artifact, parse_catalog
from launcher.domain.choose import choose
from launcher.domain.errors import UnknownSigner
from launcher.domain.machine import Gpu, GpuVendor, Machine
from launcher.domain.notice import parse_change_log
from launcher.domain.signers import SignerRegistry, parse_signer_registry
from launcher.domain.trust import Asked, verify_catalog, verify_manifest
from launcher.flows.publish import Edition
from launcher.flows.signing import new_key

if TYPE_CHECKING:
    from types import ModuleType

CHECKOUT = Path(__file__).parents[3]
SCRIPT = CHECKOUT / "packaging" / "runtimes" / "build_catalogs.py"
SHIPPED = shipped_path("configs/runtime")
AT = datetime(2026, 12, 1, tzinfo=UTC)
CATALOGS = ("bundles.llama.json", "bundles.whisper.json")


def load_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_catalogs", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # where dataclasses look for it
    spec.loader.exec_module(module)
    return module


script = load_script()


def signers(folder: Path = SHIPPED) -> SignerRegistry:
    return parse_signer_registry((folder / "bundle_signers.json").read_bytes())


def catalog(name: str, folder: Path = SHIPPED) -> Catalog:
    return parse_catalog(parse_document((folder / name).read_bytes()))


def offered(folder: Path = SHIPPED) -> list[Bundle]:
    return [bundle for name in CATALOGS for bundle in catalog(name, folder).bundles]


def manifest_of(bundle: Bundle, folder: Path = SHIPPED) -> Manifest:
    pin = find_manifest_artifact(bundle)
    assert pin is not None
    assert pin.url is not None
    raw = (folder / pin.url).read_bytes()
    assert (hashlib.sha256(raw).hexdigest(), len(raw)) == pin.require_proof()
    return parse_manifest(parse_document(raw))


def facts() -> list[dict[str, Any]]:
    known = script.read_facts().values()
    return [asset for runtime in known for key in ("assets", "assets_other_release") for asset in runtime.get(key, [])]


@pytest.mark.parametrize("name", CATALOGS)
def test_shipped_catalog_is_trusted(name: str) -> None:
    trusted = verify_catalog(catalog(name), signers(), AT, is_local=False)

    assert (trusted.catalog.channel, trusted.catalog.expires_at) == ("preview", None)


@pytest.mark.parametrize("bundle", offered(), ids=lambda bundle: bundle.id)
def test_shipped_manifest_is_trusted_for_what_its_catalog_says(bundle: Bundle) -> None:
    trusted = verify_manifest(manifest_of(bundle), signers(), Asked(bundle.id, "preview", bundle), AT)

    assert trusted.report.trusted_key_ids == {signers().signers[0].key_id}
    assert trusted.manifest.files is None


def test_every_shipped_manifest_is_offered() -> None:
    pins = [find_manifest_artifact(bundle) for bundle in offered()]

    assert {pin.url for pin in pins if pin} == {
        path.relative_to(SHIPPED).as_posix() for path in (SHIPPED / "manifests").rglob("*") if path.is_file()
    }


def test_archives_are_those_of_the_facts() -> None:
    published = {
        (manifest.bundle.id, archive.url, archive.size_bytes, archive.sha256, archive.format)
        for manifest in map(manifest_of, offered())
        for archive in manifest.bundle.artifacts
    }

    builds: dict[str, dict[str, Any]] = {}
    for asset in facts():
        runtime = "whisper.cpp" if asset["name"].startswith("whisper") else "llama.cpp"
        builds.setdefault(f"{runtime}-preview/{asset['os']}-{asset['arch']}-{asset['accel']}", asset)
    assert published == {
        (bundle_id, archive["url"], archive["size"], archive["sha256"], archive["format"])
        for bundle_id, asset in builds.items()
        for archive in [asset, *([asset["companion"]] if "companion" in asset else [])]
    }
    assert len(builds) == 28


def test_manifests_are_what_the_script_makes_of_the_facts() -> None:
    for runtime in script.RUNTIMES:
        shipped = {bundle.id: manifest_of(bundle) for bundle in catalog(runtime.catalog_name).bundles}
        issued_at = next(iter(shipped.values())).release.issued_at
        assert issued_at is not None

        made = script.make_manifests(runtime, script.read_facts(), Edition("preview", 1, issued_at))

        assert made == {
            bundle_id: {key: value for key, value in manifest.document.root.items() if key != "signatures"}
            for bundle_id, manifest in shipped.items()
        }


def test_companions_of_linux_unpack_beside_the_programs_that_load_them() -> None:
    (bundle,) = (bundle for bundle in offered() if bundle.id == "llama.cpp-preview/linux-x86_64-cuda-12.8")

    assert [archive.strip_prefix for archive in manifest_of(bundle).bundle.artifacts] == [
        "llama-b11146",
        "cudart-llama-b11146-bin-ubuntu-cuda-12.8-x64",
    ]


def test_change_log_is_pinned_by_one_catalog_and_well_formed() -> None:
    pins = [pin for name in CATALOGS if (pin := catalog(name).change_log)]

    assert [pin.url for pin in pins] == ["changes.preview.md"]
    content = (SHIPPED / pins[0].url).read_bytes()
    assert hashlib.sha256(content).hexdigest() == pins[0].sha256
    assert parse_change_log(content.decode()).problems == ()
    assert parse_change_log(content.decode()).notices != ()


def test_shipped_key_is_for_the_preview_channel_and_ends() -> None:
    (signer,) = signers().signers

    assert signer.channels == ("preview",)
    assert signer.expires_at == datetime(2027, 12, 31, tzinfo=UTC)


RTX = Gpu(GpuVendor.NVIDIA, "NVIDIA GeForce RTX 3090", compute_capability="8.6")
LINUX = Machine(os="linux", arch="x86_64", libc="glibc", glibc="2.39", gpus=())


@pytest.mark.parametrize(
    ("machine", "expected"),
    [
        (LINUX, {"llama.cpp-preview/linux-x86_64-cpu", "whisper.cpp-preview/linux-x86_64-cpu"}),
        (
            Machine(os="linux", arch="x86_64", libc="glibc", glibc="2.39", gpus=(RTX,), nvidia_driver="570.86.10"),
            {"llama.cpp-preview/linux-x86_64-cuda-12.8", "whisper.cpp-preview/linux-x86_64-cpu"},
        ),
        (
            Machine(os="linux", arch="x86_64", libc="glibc", glibc="2.36", gpus=(RTX,), nvidia_driver="590.1"),
            {"llama.cpp-preview/linux-x86_64-cpu", "whisper.cpp-preview/linux-x86_64-cpu"},
        ),
        (
            Machine(os="windows", arch="x86_64", gpus=(RTX,), nvidia_driver="551.78"),
            {"llama.cpp-preview/windows-x86_64-cuda-12.4", "whisper.cpp-preview/windows-x86_64-cuda-12.4"},
        ),
        (Machine(os="macos", arch="arm64", os_version="14.0", has_metal=True), {"llama.cpp-preview/macos-arm64-metal"}),
        (Machine(os="macos", arch="arm64", os_version="13.2", has_metal=True), set()),
        (Machine(os="linux", arch="x86_64", libc="musl"), set()),
    ],
)
def test_right_build_is_recommended(machine: Machine, expected: set[str]) -> None:
    assert {choice.bundle.id for choice in choose(offered(), machine) if choice.is_recommended} == expected


def test_another_key_makes_another_registry_that_trusts_it_alone(tmp_path: Path) -> None:
    secret_key = bytes(range(32))

    count = script.write_all(tmp_path, Edition("preview", 2, AT), secret_key, "publisher-2027")

    assert count == len(offered(tmp_path)) == 28
    for bundle in offered(tmp_path):
        verify_manifest(manifest_of(bundle, tmp_path), signers(tmp_path), Asked(bundle.id, "preview", bundle), AT)
    with pytest.raises(UnknownSigner):
        verify_catalog(catalog(CATALOGS[0], tmp_path), signers(), AT, is_local=True)


def test_script_signs_with_a_key_file(tmp_path: Path) -> None:
    public_key = new_key(tmp_path / "publisher.sk")

    run_script("--key-file", tmp_path / "publisher.sk", "--output", tmp_path / "out", "--revision", "7")

    assert [signer.public_key for signer in signers(tmp_path / "out").signers] == [public_key]
    assert [catalog(name, tmp_path / "out").revision for name in CATALOGS] == [7, 7]


def test_script_without_a_key_file_makes_a_new_key_each_time(tmp_path: Path) -> None:
    for name in ("one", "two"):
        run_script("--output", tmp_path / name)

    assert signers(tmp_path / "one").signers[0].public_key != signers(tmp_path / "two").signers[0].public_key


def run_script(*arguments: str | Path) -> None:
    command = [sys.executable, str(SCRIPT), *map(str, arguments)]
    subprocess.run(command, env={**os.environ, "PYTHONPATH": str(CHECKOUT)}, check=True)

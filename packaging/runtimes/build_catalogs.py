# ruff: noqa: INP001 - a script, not a package
"""Write the catalogs that ship: configs/runtime/ from the facts in upstream-releases.json, signed (ADR 0007).

::

    python packaging/runtimes/build_catalogs.py                     # with a key that is made for this and forgotten
    python packaging/runtimes/build_catalogs.py --key-file KEY      # with the publisher's key

URLs, sizes and digests are copied from the facts and never typed. The archives are not unpacked here, so the manifests
have no ``files``: each archive is pinned as a whole. What is known of them, and from where: README.md beside this file.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from launcher.domain.bundle import parse_manifest
from launcher.domain.canonical import parse_document
from launcher.domain.fields import format_time
from launcher.domain.notice import parse_change_log
from launcher.domain.signers import parse_signer_registry
from launcher.domain.trust import new_secret_key, public_key_of
from launcher.flows.publish import Edition, PublishedFile, create_catalog
from launcher.flows.signing import create_signer, dump, load_key, sign_json

ROOT: Final = Path(__file__).resolve().parents[2]
FACTS: Final = Path(__file__).with_name("upstream-releases.json")
RUNBOOK: Final = ROOT / "ops" / "runtime_bundle_runbook.md"
OUTPUT: Final = ROOT / "configs" / "runtime"
CHANNEL: Final = "preview"
CHANGE_LOG_NAME: Final = "changes.preview.md"
ISSUER: Final = "release-build@arw-launcher"
SIGNER_EXPIRES_AT: Final = datetime(2027, 12, 31, tzinfo=UTC)
SIGNER_NOTES: Final = "Made for this release; its secret half was never stored. See docs/adr/0007."

# These facts are from README.md beside this file. CUDA toolkit -> least driver on (Linux, Windows).
_CUDA_DRIVERS: Final = {"12.4": ("550", "551.78"), "12.8": ("570", "570"), "13.4": ("590", "590")}
_CUDA_13_CAPABILITY: Final = "7.5"
_UBUNTU_22_GLIBC: Final = "2.35"
_UBUNTU_24_GLIBC: Final = "2.39"
_MACOS: Final = "13.3"
_UBUNTU_22_BUILDS: Final = {
    ("llama.cpp", "x86_64", "cpu"),
    ("llama.cpp", "x86_64", "vulkan"),
    ("whisper.cpp", "x86_64", "cpu"),
    ("whisper.cpp", "arm64", "cpu"),
}
_ACCELERATOR_NAMES: Final = {
    "cpu": "CPU",
    "cuda": "CUDA",
    "metal": "Metal",
    "opencl": "OpenCL",
    "openvino": "OpenVINO",
    "rocm": "ROCm",
    "sycl": "SYCL",
    "vulkan": "Vulkan",
}


@dataclass(frozen=True, slots=True)
class Runtime:
    """What is the same in all bundles of one runtime."""

    name: str
    facts_key: str
    catalog_name: str
    description: str
    modality: str
    server: str
    probe_args: tuple[str, ...]
    repository: str


RUNTIMES: Final = (
    Runtime(
        name="llama.cpp",
        facts_key="llama_cpp",
        catalog_name="bundles.llama.json",
        description="Language models: llama.cpp's server and tools.",
        modality="text",
        server="llama-server",
        probe_args=("--version",),
        repository="https://github.com/ggml-org/llama.cpp",
    ),
    Runtime(
        name="whisper.cpp",
        facts_key="whisper_cpp",
        catalog_name="bundles.whisper.json",
        description="Speech recognition: whisper.cpp's server and tools.",
        modality="audio",
        server="whisper-server",
        probe_args=("--help",),  # --version is unknown to it
        repository="https://github.com/ggml-org/whisper.cpp",
    ),
)


def main() -> int:
    """Write everything anew; the exit status."""
    parser = argparse.ArgumentParser(description="Write and sign the catalogs that ship.")
    parser.add_argument("--key-file", type=Path, help="sign with this key instead of one that is made and forgotten")
    parser.add_argument("--key-id", help="the key's id in the signer registry; as a rule its fingerprint")
    parser.add_argument("--output", type=Path, default=OUTPUT, help="the folder to write to")
    parser.add_argument("--revision", type=int, default=1, help="the channel revision; it only ever goes up")
    arguments = parser.parse_args()
    secret_key = load_key(arguments.key_file) if arguments.key_file else new_secret_key()
    edition = Edition(CHANNEL, arguments.revision, datetime.now(UTC))
    count = write_all(arguments.output, edition, secret_key, arguments.key_id)
    sys.stdout.write(f"{count} bundles, signed by a key that {arguments.output / 'bundle_signers.json'} trusts\n")
    return 0


def write_all(output: Path, edition: Edition, secret_key: bytes, key_id: str | None) -> int:
    """Write signer registry, manifests, change log and catalogs into a folder; return the number of bundles."""

    def signed(document: dict[str, Any]) -> bytes:
        return dump(sign_json(document, secret_key, at=edition.at, issuer=ISSUER, key_id=key_id))

    shutil.rmtree(output / "manifests", ignore_errors=True)
    output.mkdir(parents=True, exist_ok=True)
    (output / "bundle_signers.json").write_bytes(dump(make_registry(secret_key, key_id)))
    change_log = PublishedFile(CHANGE_LOG_NAME, read_change_log(RUNBOOK))
    (output / change_log.url).write_bytes(change_log.content)
    count = 0
    for runtime in RUNTIMES:
        published = []
        for bundle_id, manifest in make_manifests(runtime, read_facts(), edition).items():
            file = PublishedFile(f"manifests/{bundle_id}/bundle.json", signed(manifest))
            path = output / file.url
            path.parent.mkdir(parents=True)
            path.write_bytes(file.content)
            published.append(file)
        # One catalog of the channel carries its change log: in two, each notice would come twice.
        pinned = change_log if runtime is RUNTIMES[0] else None
        catalog = create_catalog(edition, published, change_log=pinned, notes=f"Upstream releases of {runtime.name}.")
        (output / runtime.catalog_name).write_bytes(signed(catalog))
        count += len(published)
    return count


def read_facts() -> dict[str, Any]:
    """Return the facts about the upstream releases."""
    facts: dict[str, Any] = json.loads(FACTS.read_bytes())
    return facts


def read_change_log(runbook: Path) -> bytes:
    """Return the runbook's change log as it is published: the copy that the catalog pins.

    Raises:
        SystemExit: An entry is malformed, or there is none.
    """
    _, _, section = runbook.read_text(encoding="utf-8").partition("\n## Change Log\n")
    _, first, entries = section.partition("\n### ")
    content = f"# Channel `{CHANNEL}`\n\n## Change Log\n{first}{entries}".encode()
    problems = parse_change_log(content.decode()).problems
    if problems or not entries:
        message = f"{runbook.name}, line {problems[0].line}: {problems[0].message}" if problems else "no change log"
        raise SystemExit(message)
    return content


def make_registry(secret_key: bytes, key_id: str | None) -> dict[str, Any]:
    """Return the signer registry that trusts a key for the channel of the shipped catalogs."""
    public_key = public_key_of(secret_key)
    signer = create_signer(public_key, issuer=ISSUER, channels=[CHANNEL], key_id=key_id, expires_at=SIGNER_EXPIRES_AT)
    registry = {
        "version": 1,
        "channels": {"preview": {"threshold": 1}, "stable": {"threshold": 1}},
        "signers": [{**signer, "notes": SIGNER_NOTES}],
    }
    parse_signer_registry(dump(registry))
    return registry


def make_manifests(runtime: Runtime, facts: dict[str, Any], edition: Edition) -> dict[str, dict[str, Any]]:
    """Return the unsigned manifests of one runtime by bundle id; of the same build in two releases the first counts."""
    known = facts[runtime.facts_key]
    manifests: dict[str, dict[str, Any]] = {}
    for asset in [*known["assets"], *known.get("assets_other_release", [])]:
        manifest = make_manifest(runtime, asset, edition)
        parse_manifest(parse_document(dump(manifest)))
        manifests.setdefault(manifest["bundle"]["id"], manifest)
    return manifests


def make_manifest(runtime: Runtime, asset: dict[str, Any], edition: Edition) -> dict[str, Any]:
    """Return the unsigned manifest of one upstream build."""
    archives = [asset, asset["companion"]] if "companion" in asset else [asset]
    bundle = {
        "id": f"{runtime.name}-{CHANNEL}/{asset['os']}-{asset['arch']}-{asset['accel']}",
        "name": f"{runtime.name} ({_accelerator_name(asset['accel'])})",
        "description": runtime.description,
        "adapter": "process",
        "modalities": [runtime.modality],
        "accelerator": asset["accel"],
        "profiles": ["default"],
        "platforms": [{"os": asset["os"], "arch": asset["arch"]}],
        "artifacts": [_artifact(archive, asset["tag"]) for archive in archives],
        "notes": _notes(asset),
        "license": "MIT",
        "support": _support(runtime, asset),
        "metadata": {"process": _process(runtime, asset["os"])},
    }
    return {
        "type": "runtime-bundle",
        "version": 1,
        "bundle": bundle,
        "catalog": {"channel": edition.channel, "revision": edition.revision},
        "release": {
            "upstream": runtime.name,
            "upstream_version": asset["tag"],
            "issued_at": format_time(edition.at),
            "notes_url": f"{runtime.repository}/releases/tag/{asset['tag']}",
        },
    }


def _artifact(archive: dict[str, Any], tag: str) -> dict[str, Any]:
    artifact = {
        "kind": "archive",
        "format": archive["format"],
        "url": archive["url"],
        "sha256": archive["sha256"],
        "size_bytes": archive["size"],
    }
    prefix = _strip_prefix(archive["name"], tag)
    return artifact | ({"strip_prefix": prefix} if prefix else {})


def _strip_prefix(name: str, tag: str) -> str | None:
    """Return the folder that an upstream archive is packed in.

    Both projects pack their tar archives in one folder: llama.cpp's builds in ``llama-TAG``, everything else in one of
    the archive's own name. Zip archives stay as they are: a program is found by its name, its libraries lie beside it.
    """
    if not name.endswith(".tar.gz"):
        return None
    return f"llama-{tag}" if name.startswith("llama-") else name.removesuffix(".tar.gz")


def _notes(asset: dict[str, Any]) -> list[str]:
    notes = [f"The upstream archive `{asset['name']}`, unchanged."]
    if asset["accel"].startswith("cuda"):
        notes.append("Contains CUDA libraries of NVIDIA, which have a licence of their own.")
    return notes


def _support(runtime: Runtime, asset: dict[str, Any]) -> dict[str, str]:
    support: dict[str, str] = {}
    if asset["os"] == "linux":
        is_22 = (runtime.name, asset["arch"], asset["accel"]) in _UBUNTU_22_BUILDS
        support["min_glibc"] = _UBUNTU_22_GLIBC if is_22 else _UBUNTU_24_GLIBC
    elif asset["os"] == "macos":
        support["min_macos"] = _MACOS
    family, _, version = asset["accel"].partition("-")
    if family == "cuda":
        linux, windows = _CUDA_DRIVERS[version]
        support["min_driver"] = windows if asset["os"] == "windows" else linux
        if version.startswith("13."):
            support["min_compute_capability"] = _CUDA_13_CAPABILITY
    return support


def _process(runtime: Runtime, system: str) -> dict[str, Any]:
    return {
        "command": f"{runtime.server}.exe" if system == "windows" else runtime.server,
        "args": ["--host", "127.0.0.1", "--port", "8080"],
        "health": {"url": "http://127.0.0.1:8080/health", "method": "GET", "expect_status": 200, "timeout_ms": 2_000},
        "probe": {"args": list(runtime.probe_args), "expect_status": 0, "timeout_ms": 10_000},
    }


def _accelerator_name(accelerator: str) -> str:
    family, _, variant = accelerator.partition("-")
    return f"{_ACCELERATOR_NAMES[family]} {variant}".rstrip()


if __name__ == "__main__":
    sys.exit(main())

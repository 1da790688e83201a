"""What workers tell in tests and screenshots: realistic bundles, and scripts for `scripted_worker`."""

# ruff: noqa: ANN401 - any JSON value

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from launcher.faces.gui.worker import WorkerCommand

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from launcher.domain.views import BannerView, BundleView, CatalogView, ErrorView, RevisionView, TrustView

LLAMA_CPU = "llama.cpp-preview/linux-x86_64-cpu"
LLAMA_VULKAN = "llama.cpp-preview/linux-x86_64-vulkan"
LLAMA_CUDA = "llama.cpp-preview/linux-x86_64-cuda-12.8"
LLAMA_ROCM = "llama.cpp-preview/linux-x86_64-rocm-7.2"
WHISPER_CPU = "whisper.cpp-preview/linux-x86_64-cpu"
OLD, NEW = "rev-20261028T091500Z", "rev-20261118T080000Z"
WRONG_HASH: ErrorView = {
    "code": "wrong-hash",
    "message": "The archive `llama-b11146-bin-ubuntu-x64.tar.zst` is not the one that was signed.",
    "expected": "sha256:c150306eb16b5ab696f76a8bdf810c35fd98a24e82158742e6fa28f420ff8410",
    "actual": "sha256:9d1b6a3cf4b2a5a7f3b3a0b5f9b7c4f4a1d2c3b4a5968778695a4b3c2d1e0f90",
    "hint": "The file was changed or damaged on its way; nothing of it was used. Try again, or another source.",
}


def trust(state: str = "trusted", **more: Any) -> TrustView:
    sentences = {
        "trusted": "Signed by bundle-ci@arw, key preview-bundle-signing, trusted for preview until 2027-01-01.",
        "untrusted": "The key `nightly-2026` is not in the signer registry.",
        "invalid": "A signature does not belong to this document.",
        "unsigned": "Not signed by anybody.",
        "unknown": "Its catalog lies on this machine unsigned; its own signature is checked before installing.",
    }
    known = state in {"trusted", "untrusted"}
    view: TrustView = {
        "ok": state == "trusted",
        "state": state,  # type: ignore[typeddict-item]
        "sentence": sentences[state],
        "key_id": ("preview-bundle-signing" if state == "trusted" else "nightly-2026") if known else None,
        "issuer": ("bundle-ci@arw" if state == "trusted" else "nightly@example") if known else None,
        "expires_at": "2027-01-01T00:00:00Z" if state == "trusted" else None,
        "error": None,
        "warnings": [],
    }
    return {**view, **more}  # type: ignore[typeddict-item]


def revision(name: str = NEW, version: str = "b11146", number: int = 42, **more: Any) -> RevisionView:
    view: RevisionView = {
        "revision": name,
        "upstream_version": version,
        "channel_revision": number,
        "installed_at": f"{name[4:8]}-{name[8:10]}-{name[10:12]}T{name[13:15]}:{name[15:17]}:00Z",
        "size_bytes": 48_200_000,
        "is_active": False,
        "is_previous": False,
        "is_held": False,
        "is_pinned": False,
        "is_damaged": False,
        "kind": "release",
        "index": "signed",
        "signature": trust(),
        "path": f"/home/ada/.cache/arw/runtime/bundles/{LLAMA_CPU}/revisions/{name}/payload",
    }
    return {**view, **more}  # type: ignore[typeddict-item]


def bundle(bundle_id: str = LLAMA_CPU, **more: Any) -> BundleView:
    runtime, _, rest = bundle_id.partition("-preview/")
    accelerator = rest.split("-", 2)[-1]
    view: BundleView = {
        "id": bundle_id,
        "runtime": runtime,
        "name": f"{runtime} for {accelerator}",
        "description": f"{runtime} built for Linux on x86_64.",
        "accelerator": accelerator,
        "channel": "preview",
        "state": "not-installed",
        "is_recommended": False,
        "fits": True,
        "rank": 1,
        "reasons": [reason("compatible", "Works on this machine.")],
        "signature": trust("unknown"),
        "offered_channel_revision": 42,
        "offered_upstream_version": "b11146",
        "download_bytes": 16_998_357,
        "active": None,
        "rollback_target": None,
        "revisions": [],
        "is_update_held": False,
        "changes": [],
        "notes_url": None,
        "problem": None,
        "license": "MIT",
        "notes": [],
        "platforms": ["Linux x86_64"],
        "modalities": ["text"],
        "executable": None,
        "catalog": "bundles.llama.json",
    }
    return {**view, **more}  # type: ignore[typeddict-item]


def reason(code: str, sentence: str, act: str | None = None) -> Any:
    return {"code": code, "sentence": sentence, "act": act, "have": None, "need": None}


def change(number: int, title: str, html: str = "", **more: Any) -> Any:
    fields = {"channel_revision": number, "date": "2026-11-18", "severity": "info", "is_signed": True}
    return {**fields, "title": title, "html": html, **more}


def outdated() -> BundleView:
    """Return an installed bundle whose update passes several revisions."""
    return installed(
        name="llama.cpp for CPU",
        state="update-available",
        offered_upstream_version="b11203",
        offered_channel_revision=46,
        notes_url="https://github.com/ggml-org/llama.cpp/releases/tag/b11203",
        reasons=[reason("update-available", "b11203 (channel revision 46) is available.", "Update.")],
        changes=[
            change(46, "Faster prompts on processors with AVX-512.", "<p>Up to <b>1.4 times</b> on Zen 5.</p>"),
            change(43, "Models with sliding windows need less memory.", severity="action", date="2026-11-02"),
        ],
    )


def archive(*banners: BannerView) -> list[str]:
    """Return what ``notices --all`` prints."""
    return [*(event("row", kind="banner", value=value) for value in banners), outcome(result={})]


def run_plan(**more: Any) -> dict[str, Any]:
    """Return what ``run --dry-run`` says."""
    program = f"/home/ada/.cache/arw/runtime/bundles/{LLAMA_CPU}/revisions/{NEW}/payload/llama-server"
    plan = {
        "id": LLAMA_CPU,
        "revision": NEW,
        "command": [program, "--port", "18080", "--host", "127.0.0.1", "-m", "/home/ada/models/qwen3-4b-q4_k_m.gguf"],
        "env": {},
        "port": 18080,
        "url": "http://127.0.0.1:18080/health",
        "consent": None,
        "is_running": False,
        "dry_run": True,
    }
    return {**plan, **more}


def comparison() -> dict[str, Any]:
    """Return what ``compare`` says of the revisions of `installed`."""
    row = {"before_bytes": 4_100_000, "after_bytes": 4_300_000}
    return {
        "id": LLAMA_CPU,
        "before": OLD,
        "before_upstream_version": "b10964",
        "after": NEW,
        "after_upstream_version": "b11146",
        "is_signed": True,
        "added": [{"path": "lib/libggml-cpu-zen5.so", "before_bytes": None, "after_bytes": 1_200_000}],
        "removed": [{"path": "llama-legacy", "before_bytes": 900_000, "after_bytes": None}],
        "changed": [{"path": path, **row} for path in ("lib/libggml-base.so", "lib/libllama.so", "llama-server")],
        "unchanged_count": 121,
    }


def installed(bundle_id: str = LLAMA_CPU, *, with_previous: bool = True, **more: Any) -> BundleView:
    """Return a bundle whose newest revision is active, and which has an earlier one."""
    active = revision(is_active=True)
    previous = revision(OLD, "b10964", 41, is_previous=True, size_bytes=46_900_000)
    fields = {
        "state": "active",
        "signature": trust(),
        "active": active,
        "rollback_target": previous if with_previous else None,
        "revisions": [active, previous] if with_previous else [active],
    }
    return bundle(bundle_id, **{**fields, **more})


def rolled_back(bundle_id: str = LLAMA_CPU) -> BundleView:
    """Return the bundle of `installed` after its rollback."""
    active = revision(OLD, "b10964", 41, is_active=True, size_bytes=46_900_000)
    previous = revision(is_previous=True, is_held=True)
    return bundle(
        bundle_id,
        state="active",
        signature=trust(),
        active=active,
        rollback_target=previous,
        revisions=[previous, active],
        is_update_held=True,
    )


def catalog(**more: Any) -> CatalogView:
    view: CatalogView = {
        "path": "https://bundles.example/preview/bundles.llama.json",
        "channel": "preview",
        "revision": 42,
        "bundles": 4,
        "signature": trust(),
        "issued_at": "2026-11-18T07:00:00Z",
        "expires_at": "2026-12-18T07:00:00Z",
        "fetched_at": None,
        "is_expired": False,
        "problem": None,
    }
    return {**view, **more}  # type: ignore[typeddict-item]


def banner(severity: str = "action", **more: Any) -> BannerView:
    view: BannerView = {
        "id": f"2026-11-18-{severity}",
        "key": f"2026-11-18-{severity}:abc",
        "severity": severity,  # type: ignore[typeddict-item]
        "is_signed": True,
        "is_dismissible": severity != "security",
        "date": "2026-11-18",
        "channel": "preview",
        "title": "CUDA 12.8 bundles now need driver 570.",
        "html": "<p>Details are in the <a href='https://example.org/notes'>notes</a>.</p><ul><li>one</li></ul>",
        "bundles": [LLAMA_CUDA],
        "until": None,
        "action": "none",
        "standing": "current",
    }
    return {**view, **more}  # type: ignore[typeddict-item]


def event(kind: str, /, **fields: Any) -> str:
    return json.dumps({"v": 1, "t": "2026-11-23T08:00:00.123Z", "job": "1", "type": kind, **fields})


def outcome(
    status: str = "done", result: dict[str, Any] | None = None, error: ErrorView | dict[str, str] | None = None
) -> str:
    exit_status = {"done": 0, "failed": 1, "nothing-to-do": 3, "cancelled": 130}[status]
    return event("outcome", status=status, exit_status=exit_status, error=error, result=result)


def overview(
    bundles: Iterable[BundleView] = (),
    *,
    catalogs: Iterable[CatalogView] = (),
    banners: Iterable[BannerView] = (),
    **result: Any,
) -> list[str]:
    """Return what ``list --events jsonl`` prints."""
    rows = [
        *(event("row", kind="catalog", value=value) for value in catalogs),
        *(event("row", kind="bundle", value=value) for value in bundles),
        *(event("row", kind="banner", value=value) for value in banners),
    ]
    machine = "Linux x86_64 · AMD Ryzen 7 5800X · 31.3 GiB · NVIDIA GeForce RTX 3090, driver 570.86"
    usual = {"machine": machine, "roots": [], "problems": [], "more_banners": 0, "signature_summary": {}}
    return [*rows, outcome(result={**usual, **result})]


class Stage:
    """A folder with scripts for the scripted worker."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.script("list", overview())
        self.script("notices-all", archive())
        self.script("run-plan", [outcome(result=run_plan())])
        self.script("refresh", [outcome(result={"ok": True, "catalogs": []})])
        self.script("settings", [outcome(result={"settings": []})])
        self.script("keys", [outcome(result={"path": "/etc/signers.json", "signers": [], "problem": None})])

    @property
    def command(self) -> WorkerCommand:
        """How the window starts the scripted worker."""
        worker = Path(__file__).with_name("scripted_worker.py")
        return WorkerCommand(sys.executable, ("-I", "-S", str(worker), str(self.folder)))  # quick to start

    def script(self, verb: str, lines: Sequence[str], *, call: int | None = None) -> None:
        """Write down what a verb says, at each of its calls or at one."""
        name = f"{verb}.jsonl" if call is None else f"{verb}.{call}.jsonl"
        (self.folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")

    def allow(self, name: str) -> None:
        """Let a worker go on that waits for this file."""
        (self.folder / name).touch()

    def calls(self, verb: str) -> list[list[str]]:
        """Return the words of each call of a verb, without the flag for events."""
        path = self.folder / "calls.jsonl"
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        return [call[1:-2] for call in map(json.loads, lines) if call[0] == verb]


def workshop() -> list[BundleView]:
    """Return the bundles of a machine with a GPU, in several states."""
    cuda = "CUDA 12.8, because of an NVIDIA GeForce RTX 3090 with driver 570.86. Vulkan also works. ROCm: no AMD GPU."
    whisper = revision(OLD, "1.8.4", 41, is_active=True, size_bytes=4_100_000)
    elsewhere = {"fits": False, "state": "not-for-this-machine"}
    return [
        bundle(
            LLAMA_CUDA,
            name="llama.cpp with CUDA 12.8",
            is_recommended=True,
            reasons=[reason("recommended", f"Recommended: {cuda}")],
            download_bytes=412_300_000,
            description="Runs LLaMA-family and many other GGUF models. Built for NVIDIA GPUs from Turing on.",
            notes=["The CUDA libraries are a second archive of 371 MB.", "Unpacked it needs about 1.9 GB of disk."],
        ),
        installed(LLAMA_CPU, name="llama.cpp for CPU", rank=3),
        bundle(LLAMA_VULKAN, name="llama.cpp with Vulkan", rank=2, download_bytes=31_200_000),
        bundle(
            LLAMA_ROCM,
            name="llama.cpp with ROCm 7.2",
            rank=4,
            reasons=[reason("no-device", "No AMD GPU.", "Choose CUDA or Vulkan.")],
            download_bytes=612_000_000,
            **elsewhere,
        ),
        bundle(
            "llama.cpp-preview/macos-arm64-metal",
            name="llama.cpp with Metal",
            rank=5,
            reasons=[reason("unsupported", "Made for macOS; this machine runs Linux.")],
            platforms=["macOS arm64"],
            **elsewhere,
        ),
        bundle(
            WHISPER_CPU,
            name="whisper.cpp for CPU",
            is_recommended=True,
            state="update-available",
            signature=trust(),
            active=whisper,
            revisions=[whisper],
            offered_upstream_version="1.8.5",
            download_bytes=940_000,
            modalities=["audio"],
            description="Turns speech into text with Whisper models.",
            reasons=[reason("recommended", "Recommended: CPU, because it needs no GPU.")],
        ),
    ]

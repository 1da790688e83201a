from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from launcher.domain.errors import InternalError, LauncherError, NothingToDo, WrongHash
from launcher.faces.cli.terminal import Style
from launcher.faces.cli.text_checks import (
    MAX_FAULTS,
    audit_lines,
    fleet_lines,
    machine_lines,
    smoke_lines,
    verdict_lines,
)
from launcher.faces.cli.text_errors import error_from_view, error_lines, view_of
from launcher.faces.cli.text_words import summary_text
from tests.unit.faces.cli.views import CUDA, LLAMA, audit_item, error, installation, summary, trust

if TYPE_CHECKING:
    from launcher.domain.views import AuditView, ManifestVerdict

FAULT = {**error("damaged-revision", "`llama-server` is not as signed."), "expected": "aa", "actual": "bb"}


def _audit(**changes: Any) -> AuditView:  # noqa: ANN401 - any value of JSON
    view = {
        "dest": "/store",
        "deep": True,
        "require_signed": False,
        "ok": True,
        "items": [audit_item()],
        "signature_summary": summary(total=1, trusted=1),
    }
    return {**view, **changes}  # type: ignore[typeddict-item]


def _verdict(**changes: Any) -> ManifestVerdict:  # noqa: ANN401 - as above
    view = {
        "path": "bundle.json",
        "ok": True,
        "trusted": True,
        "channel": "preview",
        "threshold": 1,
        "canonical_sha256": "ab" * 32,
        "signatures": [
            {"key_id": "preview-bundle-signing", "issuer": "bundle-ci@arw", "standing": "trusted", "error": None}
        ],
        "error": None,
    }
    return {**view, **changes}  # type: ignore[typeddict-item]


def test_an_error_reads_as_the_guide_says() -> None:
    failure = WrongHash("The archive `x.tar.zst` is not the one that was signed.", expected="aa", actual="bb")

    assert error_lines(view_of(failure)) == [
        "error[wrong-hash]: The archive `x.tar.zst` is not the one that was signed.",
        "  Expected: aa",
        "  Actual:   bb",
        "  hint: The file was changed or damaged on its way; nothing of it was used. Try again, or another source.",
    ]


def test_a_hostile_message_cannot_steer_the_terminal() -> None:
    failure = WrongHash("a\x1b[2Jb", expected="c\nd", actual="\u202ee", hint="\x07")

    assert error_lines(view_of(failure)) == [
        "error[wrong-hash]: a\\x1b[2Jb",
        "  Expected: c\\nd",
        "  Actual:   \\u202ee",
        "  hint: \\x07",
    ]


@pytest.mark.parametrize(
    "failure",
    [WrongHash("x", expected="a", actual="b"), NothingToDo("x"), InternalError("x", hint="y"), LauncherError("x")],
    ids=lambda failure: str(failure.code),
)
def test_an_error_survives_its_way_as_json(failure: LauncherError) -> None:
    again = error_from_view(view_of(failure))

    assert type(again) is type(failure)
    assert again.as_json() == failure.as_json()


def test_an_error_of_a_later_version_is_still_one() -> None:
    again = error_from_view({"code": "from-the-future", "message": "It failed."})

    assert (type(again), again.message, again.exit_status) == (LauncherError, "It failed.", 1)


def test_an_audit_names_each_revision_and_its_faults() -> None:
    failed = audit_item(
        id=CUDA,
        ok=False,
        is_active=False,
        faults=[FAULT],
        signature=trust("untrusted", warnings=["The key expires soon."]),
    )
    view = _audit(items=[audit_item(), failed], signature_summary=summary(total=2, trusted=1, trust_shortfall=1))

    assert audit_lines(view) == [
        f"ok      {LLAMA}   rev-20261123T080000Z  active  [trusted]    2 files, 23.1 MB, index: signed",
        f"FAILED  {CUDA}  rev-20261123T080000Z          [untrusted]  2 files, 23.1 MB, index: signed",
        "      error[damaged-revision]: `llama-server` is not as signed.",
        "        Expected: aa",
        "        Actual:   bb",
        "      The key expires soon.",
        "",
        "Store       /store",
        "Signatures  1 of 2 installations trusted, 1 not trusted",
        "Depth       every file was hashed again",
    ]


def test_a_shallow_audit_says_how_to_look_deeper() -> None:
    lines = audit_lines(_audit(deep=False, items=[audit_item(index="recorded")]))

    assert lines[0] == f"ok  {LLAMA}  rev-20261123T080000Z  active  [trusted]  index: recorded"
    assert lines[-1] == "Depth       signatures, names and sizes; `--deep` hashes every file again"


def test_a_swapped_tree_does_not_fill_the_screen() -> None:
    lines = audit_lines(_audit(items=[audit_item(ok=False, faults=[FAULT] * (MAX_FAULTS + 12))]))

    assert sum(line.startswith("      error[") for line in lines) == MAX_FAULTS
    assert "      and 12 further faults; `--json` names them all" in lines


def test_an_audit_of_nothing_says_so() -> None:
    assert audit_lines(_audit(items=[])) == ["Nothing is installed in /store."]


def test_a_fleet_names_each_node_and_what_is_not_trusted_there() -> None:
    nodes = [
        {
            "base": "https://a",
            "ok": True,
            "signature_summary": summary(total=1, trusted=1),
            "installations": [installation()],
            "error": None,
        },
        {
            "base": "https://b",
            "ok": False,
            "signature_summary": summary(total=1, missing_signatures=1, enforced=True),
            "installations": [installation(signature=trust("unsigned"))],
            "error": None,
        },
        {
            "base": "https://c",
            "ok": False,
            "signature_summary": None,
            "installations": [],
            "error": error("no-connection", "It cannot be reached."),
        },
    ]

    assert fleet_lines(nodes) == [
        "ok  https://a: 1 of 1 installation trusted",
        "FAILED  https://b: 0 of 1 installation trusted, 1 unsigned; signatures are enforced",
        f"      {LLAMA}  rev-20261123T080000Z  [unsigned]  Not signed by anybody.",
        "FAILED  https://c",
        "      error[no-connection]: It cannot be reached.",
    ]


@pytest.mark.parametrize(
    ("changes", "first"),
    [
        ({}, "bundle.json: trusted for preview"),
        ({"trusted": False}, "bundle.json: signed, but not trusted"),
        ({"trusted": False, "ok": False}, "bundle.json: not valid"),
    ],
)
def test_a_verdict_is_one_of_three(changes: dict[str, Any], first: str) -> None:
    assert verdict_lines(_verdict(**changes))[0] == first


def test_a_verdict_judges_every_signature() -> None:
    other = {
        "key_id": "other",
        "issuer": "",
        "standing": "untrusted",
        "error": error("unknown-signer", "The key `other` is not known."),
    }

    assert verdict_lines(_verdict(signatures=[_verdict()["signatures"][0], other]))[1:] == [
        f"  sha256 of what is signed  {'ab' * 32}",
        "  signatures needed         1",
        "  [trusted]    preview-bundle-signing  bundle-ci@arw",
        "  [untrusted]  other",
        "      objection[unknown-signer]: The key `other` is not known.",
    ]


def test_a_smoke_test_says_what_it_saw() -> None:
    view = {
        "id": LLAMA,
        "revision": "rev-1",
        "command": "llama-server",
        "first_line": "version: 1",
        "health_status": 200,
    }

    assert smoke_lines(view, Style(is_coloured=False)) == [  # type: ignore[arg-type]
        f"Works: {LLAMA}",
        "  revision    rev-1",
        "  command     llama-server",
        "  first line  version: 1",
        "  health      HTTP 200",
    ]


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({}, "nothing is installed"),
        ({"enforced": True}, "nothing is installed; signatures are enforced"),
        ({"total": 1, "trusted": 1}, "1 of 1 installation trusted"),
        (
            {"total": 4, "trusted": 1, "failed": 1, "missing_signatures": 1, "trust_shortfall": 1},
            "1 of 4 installations trusted, 1 failed, 1 unsigned, 1 not trusted",
        ),
    ],
)
def test_the_totals_are_one_line(changes: dict[str, Any], text: str) -> None:
    assert summary_text(summary(**changes)) == text


def test_a_machine_with_everything() -> None:
    machine = {
        "os": "linux",
        "os_name": "Debian GNU/Linux 12",
        "os_version": "6.1",
        "arch": "x86_64",
        "libc": "glibc",
        "glibc": "2.36",
        "memory_bytes": 16_000_000_000,
        "cpu_name": "EPYC",
        "cpu_features": ["avx2"],
        "gpus": [{"name": "RTX 3090", "memory_bytes": 24_000_000_000, "compute_capability": "8.6", "gfx": None}],
        "nvidia_driver": "570.86",
        "has_vulkan_loader": True,
        "vulkan_devices": [{"name": "llvmpipe", "is_software": True}, {"name": "RTX 3090", "is_software": False}],
        "has_metal": False,
    }

    assert machine_lines(machine) == [
        "system         Debian GNU/Linux 12",
        "version        6.1",
        "architecture   x86_64",
        "C library      glibc 2.36",
        "processor      EPYC",
        "features       avx2",
        "memory         16.0 GB",
        "graphics       RTX 3090 (24.0 GB, compute capability 8.6)",
        "NVIDIA driver  570.86",
        "Vulkan         llvmpipe (software); RTX 3090",
    ]


def test_a_machine_about_which_nothing_is_known() -> None:
    names = (
        "os",
        "os_name",
        "os_version",
        "arch",
        "libc",
        "glibc",
        "memory_bytes",
        "cpu_name",
        "gpus",
        "nvidia_driver",
    )
    machine = dict.fromkeys((*names, "has_vulkan_loader", "vulkan_devices", "has_metal")) | {"cpu_features": []}

    assert machine_lines(machine) == [
        "system        unknown",
        "architecture  unknown",
        "memory        unknown",
        "graphics      unknown",
        "Vulkan        unknown",
    ]

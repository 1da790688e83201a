"""What audit, manifest verify, smoke and survey say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from launcher.faces.cli.terminal import PLAIN, Style, columns, counted, fact_lines, format_size
from launcher.faces.cli.text_errors import error_lines
from launcher.faces.cli.text_words import summary_text, trust_label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from launcher.domain.care_views import SmokeView
    from launcher.domain.views import AuditItem, AuditView, ManifestVerdict

MAX_FAULTS: Final = 10
"""So many changed files are named; a tree that was swapped as a whole needs no longer list."""
_STANDING_COLOURS: Final = {"trusted": "green", "untrusted": "yellow", "invalid": "red"}


def audit_lines(audit: AuditView, style: Style = PLAIN) -> list[str]:
    """Return a line for each installed revision, and below it what is wrong with it."""
    if not audit["items"]:
        return [f"Nothing is installed in {audit['dest']}."]
    rows = [_audit_row(item, is_deep=audit["deep"]) for item in audit["items"]]
    colours = [
        ("green" if item["ok"] else "red", "", "", "", trust_label(item["signature"])[1], "") for item in audit["items"]
    ]
    lines: list[str] = []
    for item, line in zip(audit["items"], columns(rows, colours=colours, style=style), strict=True):
        lines.append(line)
        for fault in item["faults"][:MAX_FAULTS]:
            lines += [f"      {below}" for below in error_lines(fault, style)]
        if len(item["faults"]) > MAX_FAULTS:
            lines.append(
                f"      and {counted(len(item['faults']) - MAX_FAULTS, 'further fault')}; `--json` names them all"
            )
        lines += [f"      {warning}" for warning in item["signature"]["warnings"]]
    depth = (
        "every file was hashed again"
        if audit["deep"]
        else "signatures, names and sizes; `--deep` hashes every file again"
    )
    facts = [("Store", audit["dest"]), ("Signatures", summary_text(audit["signature_summary"])), ("Depth", depth)]
    return [*lines, "", *fact_lines(facts, style=style, indent=0)]


def fleet_lines(nodes: Sequence[Mapping[str, Any]], style: Style = PLAIN) -> list[str]:
    """Return a line for each node that was asked, and below it the installations that are not as they should be."""
    lines: list[str] = []
    for node in nodes:
        word = style.paint("ok" if node["ok"] else "FAILED", "green" if node["ok"] else "red")
        if node["error"]:
            lines += [f"{word}  {node['base']}", *(f"      {line}" for line in error_lines(node["error"], style))]
            continue
        lines.append(f"{word}  {node['base']}: {summary_text(node['signature_summary'])}")
        rows = [
            (item["id"], item["revision"], trust_label(item["signature"])[0], item["signature"]["sentence"])
            for item in node["installations"]
            if item["signature"]["state"] != "trusted"
        ]
        lines += [f"      {line}" for line in columns(rows)]
    return lines


def verdict_lines(verdict: ManifestVerdict, style: Style = PLAIN) -> list[str]:
    """Return whose word a manifest is: a line for each signature, then the verdict."""
    state = "trusted" if verdict["trusted"] else "signed, but not trusted" if verdict["ok"] else "not valid"
    colour = "green" if verdict["trusted"] else "yellow" if verdict["ok"] else "red"
    channel = f" for {verdict['channel']}" if verdict["channel"] and verdict["trusted"] else ""
    lines = [f"{verdict['path']}: {style.paint(state, colour)}{channel}"]
    digest = verdict["canonical_sha256"]
    lines += fact_lines(
        [("sha256 of what is signed", digest), ("signatures needed", str(verdict["threshold"]))], style=style
    )
    rows = [(f"[{item['standing']}]", item["key_id"], item["issuer"]) for item in verdict["signatures"]]
    colours = [(_STANDING_COLOURS[item["standing"]], "", "") for item in verdict["signatures"]]
    for item, line in zip(verdict["signatures"], columns(rows, colours=colours, style=style), strict=True):
        lines.append(f"  {line}")
        if item["error"]:
            lines += [f"      {below}" for below in error_lines(item["error"], style, label="objection")]
    return lines


def smoke_lines(smoke: SmokeView, style: Style = PLAIN) -> list[str]:
    """Return what a smoke test saw."""
    facts = [
        ("revision", smoke["revision"]),
        ("command", smoke["command"]),
        ("first line", smoke["first_line"]),
        ("health", None if smoke["health_status"] is None else f"HTTP {smoke['health_status']}"),
    ]
    return [f"{style.paint('Works:', 'green')} {smoke['id']}", *fact_lines(facts, style=style)]


def machine_lines(machine: Mapping[str, Any], style: Style = PLAIN) -> list[str]:
    """Return the facts of a machine (`launcher.domain.machine.Machine` as an object)."""
    facts = [
        ("system", machine["os_name"] or machine["os"] or "unknown"),
        ("version", machine["os_version"]),
        ("architecture", machine["arch"] or "unknown"),
        ("C library", " ".join(filter(None, (machine["libc"], machine["glibc"])))),
        ("processor", machine["cpu_name"]),
        ("features", " ".join(machine["cpu_features"])),
        ("memory", format_size(machine["memory_bytes"]) if machine["memory_bytes"] else "unknown"),
        ("graphics", _list_text(machine["gpus"], _gpu_text)),
        ("NVIDIA driver", machine["nvidia_driver"]),
        ("Vulkan", _vulkan_text(machine)),
        ("Metal", "yes" if machine["has_metal"] else None),
    ]
    return fact_lines(facts, style=style, indent=0)


def _audit_row(item: AuditItem, *, is_deep: bool) -> tuple[str, ...]:
    checked = f"{counted(item['checked_files'], 'file')}, {format_size(item['checked_bytes'])}, " if is_deep else ""
    return (
        "ok" if item["ok"] else "FAILED",
        item["id"],
        item["revision"],
        "active" if item["is_active"] else "",
        trust_label(item["signature"])[0],
        f"{checked}index: {item['index']}",
    )


def _list_text(items: Sequence[Mapping[str, Any]] | None, text: Any) -> str:  # noqa: ANN401
    if items is None:
        return "unknown"
    return "; ".join(text(item) for item in items) or "none"


def _gpu_text(gpu: Mapping[str, Any]) -> str:
    facts = [
        format_size(gpu["memory_bytes"]) if gpu["memory_bytes"] else None,
        f"compute capability {gpu['compute_capability']}" if gpu["compute_capability"] else None,
        gpu["gfx"],
    ]
    known = ", ".join(fact for fact in facts if fact)
    return f"{gpu['name']} ({known})" if known else str(gpu["name"])


def _vulkan_text(machine: Mapping[str, Any]) -> str:
    if not machine["has_vulkan_loader"]:
        return "unknown" if machine["has_vulkan_loader"] is None else "no loader"
    return _list_text(
        machine["vulkan_devices"],
        lambda device: f"{device['name']} (software)" if device["is_software"] else str(device["name"]),
    )

"""Asking nodes: which ones, and `audit --remote`, the signatures of several at once as each node reports them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from launcher.domain.errors import AuditFailed, FetchError, LauncherError, ParseError, UsageError
from launcher.faces.cli.context import Outcome
from launcher.faces.cli.terminal import counted, printable
from launcher.faces.cli.text_checks import fleet_lines
from launcher.faces.cli.text_errors import view_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from launcher.domain.views import Overview
    from launcher.faces.cli.context import Context
    from launcher.faces.cli.results import FleetResult, NodeAudit


def audit_fleet(context: Context, bases: Sequence[str]) -> Outcome:
    """Ask every node; one that does not answer fails the audit and hides no other."""
    require_signed: bool = context.arguments.require_signed
    nodes = [_audit_node(context, base, require_signed=require_signed) for base in bases]
    failed = [node["base"] for node in nodes if not node["ok"]]
    result: FleetResult = {"ok": not failed, "require_signed": require_signed, "nodes": nodes}
    error: LauncherError | None = None
    if failed:
        error = AuditFailed(
            f"{len(failed)} of {counted(len(nodes), 'node')} failed the audit.", actual=", ".join(failed)
        )
    return Outcome(result, lambda screen: fleet_lines(printable(nodes), screen.style), error)


def is_acceptable(overview: Overview, *, require_signed: bool) -> bool:
    """Tell whether what a node says of itself passes. With ``require_signed`` every installation must be trusted.

    The installations are looked at one by one and not taken on the node's totals alone: an older node says ``ok``
    although signatures are missing or by strangers.
    """
    summary = overview["signature_summary"]
    if not summary["ok"] or summary["failed"]:
        return False
    return not require_signed or all(item["signature"]["state"] == "trusted" for item in overview["installations"])


def _audit_node(context: Context, base: str, *, require_signed: bool) -> NodeAudit:
    try:
        overview = context.launcher.remote_overview(base)
    except (FetchError, ParseError) as error:
        return {"base": base, "ok": False, "signature_summary": None, "installations": [], "error": view_of(error)}
    return {
        "base": base,
        "ok": is_acceptable(overview, require_signed=require_signed),
        "signature_summary": overview["signature_summary"],
        "installations": overview["installations"],
        "error": None,
    }


def node_bases(context: Context, most: int | None = None) -> list[str]:
    """Return the nodes to ask: ``--base``, or else ``BASE_URL``.

    Raises:
        UsageError: There is none, or there are too many.
    """
    bases: list[str] = context.arguments.base or list(filter(None, [context.environ.get("BASE_URL")]))
    if not bases:
        raise UsageError("`--remote` needs to know which node to ask.", hint="Add `--base URL`, or set BASE_URL.")
    if most is not None and len(bases) > most:
        raise UsageError("This asks one node at a time.", expected="one `--base`", actual=counted(len(bases), "node"))
    return bases

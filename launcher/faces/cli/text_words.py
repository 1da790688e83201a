"""The words that several texts share: whose word something is, and which version."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from launcher.faces.cli.terminal import counted

if TYPE_CHECKING:
    from launcher.domain.views import SignatureSummary, TrustView

TRUST_COLOURS: Final = {"trusted": "green", "untrusted": "yellow", "unsigned": "yellow", "invalid": "red"}
INDEX_WORDS: Final = {
    "signed": "signed; the publisher lists every file",
    "recorded": "recorded; what the archive held when it was installed",
}


def trust_label(trust: TrustView) -> tuple[str, str]:
    """Return ``[trusted]`` and the like with its colour; a dash where there is nothing to judge yet."""
    state = trust["state"]
    return ("-", "dim") if state == "unknown" else (f"[{state}]", TRUST_COLOURS[state])


def version_text(upstream_version: str | None, channel_revision: int | None) -> str:
    """Return ``b11146 r42``, of which either may be missing."""
    revision = None if channel_revision is None else f"r{channel_revision}"
    return " ".join(part for part in (upstream_version, revision) if part)


def summary_text(summary: SignatureSummary) -> str:
    """Return the totals of the signatures in one line, the badge of enforcement included."""
    if not summary["total"]:
        text = "nothing is installed"
    else:
        text = f"{summary['trusted']} of {counted(summary['total'], 'installation')} trusted"
        counts = [("failed", "failed"), ("missing_signatures", "unsigned"), ("trust_shortfall", "not trusted")]
        text += "".join(f", {summary[key]} {word}" for key, word in counts if summary[key])  # type: ignore[literal-required]
    return text + ("; signatures are enforced" if summary["enforced"] else "")

"""What `list` and `notices` say: every bundle with its state, its trust and why it fits, then what else matters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from launcher.faces.cli.terminal import PLAIN, Style, columns, counted, fact_lines, format_size, wrapped
from launcher.faces.cli.text_errors import error_lines
from launcher.faces.cli.text_words import INDEX_WORDS, summary_text, trust_label, version_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from launcher.domain.views import BannerView, BundleView, CatalogView, InstallationView, Overview

STATE_WORDS: Final = {
    "active": ("active", "green"),
    "update-available": ("update available", "yellow"),
    "installed": ("installed", ""),
    "not-installed": ("not installed", "dim"),
    "not-for-this-machine": ("not for this machine", "dim"),
}
SEVERITY_COLOURS: Final = {"security": "red", "action": "yellow", "info": ""}
_STANDINGS: Final = {"dismissed": "dismissed", "over": "its time has passed", "done": "what it asks for is done"}
MAX_BANNERS: Final = 2
_TAG: Final = r"<[^>]*>"
_LINE_BREAK: Final = r"</p>|</li>|<br ?/?>"
_SPACES_BELOW_ROW: Final = 5


def list_lines(
    overview: Overview, style: Style = PLAIN, *, is_pretty: bool = False, screen_width: int = 100
) -> list[str]:
    """Return the whole overview; ``is_pretty`` adds each bundle's details and the reasons of those that fit too."""
    if overview["installations"] and not overview["bundles"]:  # an older node tells no more
        lines = _installation_lines(overview["installations"], style)
    else:
        lines = _bundle_lines(overview["bundles"], style, is_pretty=is_pretty, screen_width=screen_width)
    lines += ["", *fact_lines(_facts(overview), style=style, indent=0)]
    lines += _banner_lines(overview["banners"], style)
    for problem in overview["problems"]:
        lines += ["", *error_lines(problem, style, label="problem")]
    return lines


def notice_lines(banners: Sequence[BannerView], style: Style = PLAIN, *, screen_width: int = 100) -> list[str]:
    """Return the notices that concern this machine, whole."""
    if not banners:
        return ["No notice concerns this machine."]
    lines: list[str] = []
    for banner in banners:
        is_current = banner["standing"] == "current"
        lines.append(_banner_line(banner, style))
        for paragraph in notice_paragraphs(banner["html"]):
            lines += wrapped(paragraph, screen_width, indent="  ")
        facts = [
            ("date", banner["date"]),
            ("bundles", ", ".join(banner["bundles"])),
            ("until", banner["until"]),
            ("to do", None if banner["action"] == "none" else banner["action"]),
            ("past", _STANDINGS.get(banner["standing"])),
            ("dismiss", f"--dismiss {banner['key']}" if is_current and banner["is_dismissible"] else None),
            ("restore", f"--restore {banner['key']}" if banner["standing"] == "dismissed" else None),
        ]
        lines += [*fact_lines(facts, style=style), ""]
    return lines[:-1]


def catalog_lines(catalogs: Sequence[CatalogView], style: Style = PLAIN) -> list[str]:
    """Return a line for each catalog, and below it what is wrong with it."""
    lines: list[str] = []
    for catalog in catalogs:
        lines.append(_catalog_text(catalog))
        if catalog["problem"]:
            lines += [f"  {line}" for line in error_lines(catalog["problem"], style, label="problem")]
    return lines or ["This machine follows no catalog of the network."]


def notice_paragraphs(html: str) -> list[str]:
    """Return the text of a notice's sanitised HTML, a paragraph or list item each."""
    from html import unescape  # noqa: PLC0415 - start-up time; its table of entities is large

    paragraphs = (unescape(re.sub(_TAG, "", part)) for part in re.split(_LINE_BREAK, html.replace("<li>", "- ")))
    return [" ".join(paragraph.split()) for paragraph in paragraphs if paragraph.strip()]


def _bundle_lines(bundles: Sequence[BundleView], style: Style, *, is_pretty: bool, screen_width: int) -> list[str]:
    if not bundles:
        return [
            "No catalog offers a bundle, and none is installed.",
            "`arw-cli runtime bundles refresh` fetches the catalogs.",
        ]
    cells, colours = zip(*(_row(bundle) for bundle in bundles), strict=True)
    head = ("", "BUNDLE", "ACCELERATOR", "STATE", "TRUST", "VERSION", "SIZE")
    table = columns([head, *cells], colours=[("dim",) * len(head), *colours], style=style)
    lines = [table[0]]
    runtime, below = None, " " * _SPACES_BELOW_ROW
    for bundle, row in zip(bundles, table[1:], strict=True):
        if bundle["runtime"] != runtime:
            runtime = bundle["runtime"]
            lines += ["", style.paint(runtime, "bold")]
        lines.append(row)
        for text in _sentences(bundle, is_pretty=is_pretty):
            lines += [style.paint(line, "dim") for line in wrapped(text, screen_width, indent=below)]
        if bundle["problem"]:
            lines += [f"{below}{line}" for line in error_lines(bundle["problem"], style, label="problem")]
        if is_pretty:
            lines += fact_lines(_details(bundle), style=style, indent=_SPACES_BELOW_ROW)
    return lines


def _installation_lines(installations: Sequence[InstallationView], style: Style) -> list[str]:
    labels = [trust_label(installation["signature"]) for installation in installations]
    rows = [
        (installation["id"], label, f"installed {installation['installed_at'] or 'at an unknown time'}")
        for installation, (label, _) in zip(installations, labels, strict=True)
    ]
    return columns(rows, colours=[("bold", colour, "") for _, colour in labels], style=style)


def _row(bundle: BundleView) -> tuple[tuple[str, ...], tuple[str, ...]]:
    state, state_colour = STATE_WORDS[bundle["state"]]
    trust, trust_colour = trust_label(bundle["signature"])
    active = bundle["active"]
    offered = version_text(bundle["offered_upstream_version"], bundle["offered_channel_revision"])
    version = version_text(active["upstream_version"], active["channel_revision"]) if active else offered
    if active and bundle["state"] == "update-available":
        version = f"{version} -> {offered}"
    if bundle["is_update_held"]:
        state += " (update held)"
    size_bytes = active["size_bytes"] if active else bundle["download_bytes"]
    mark = "*" if bundle["is_recommended"] else " "
    cells = (mark, bundle["id"], bundle["accelerator"], state, trust, version, format_size(size_bytes))
    return cells, ("green", "bold" if active else "", "", state_colour, trust_colour, "", "")


def _sentences(bundle: BundleView, *, is_pretty: bool) -> Iterator[str]:
    """Yield the sentences below a row: why it is recommended, or why it does not fit and what helps."""
    for reason in bundle["reasons"]:
        if is_pretty or bundle["is_recommended"] or not bundle["fits"]:
            yield f"{reason['sentence']} {reason['act'] or ''}".strip()


def _details(bundle: BundleView) -> list[tuple[str, str | None]]:
    active, target = bundle["active"], bundle["rollback_target"]
    return [
        ("what", bundle["description"]),
        ("signature", bundle["signature"]["sentence"]),
        ("warnings", " ".join(bundle["signature"]["warnings"])),
        ("revision", active["revision"] if active else None),
        ("path", active["path"] if active else None),
        ("index", INDEX_WORDS[active["index"]] if active else None),
        ("rollback", f"to {target['revision']} ({target['upstream_version'] or '?'})" if target else None),
        ("revisions", str(len(bundle["revisions"])) if bundle["revisions"] else None),
        *((f"new in r{change['channel_revision']}", change["title"]) for change in bundle["changes"]),
        ("download", format_size(bundle["download_bytes"]) if bundle["download_bytes"] is not None else None),
        ("licence", bundle["license"]),
        ("notes", " ".join(bundle["notes"])),
        ("catalog", bundle["catalog"]),
    ]


def _facts(overview: Overview) -> Iterator[tuple[str, str | None]]:
    yield "This machine", overview["machine"]
    for i, root in enumerate(overview["roots"]):
        yield ("" if i else "Store"), root
    for i, catalog in enumerate(overview["catalogs"]):
        yield ("Catalogs" if i == 0 else " "), _catalog_text(catalog)
    yield "Signatures", summary_text(overview["signature_summary"])


def _catalog_text(catalog: CatalogView) -> str:
    if catalog["revision"] is None:
        return f"cannot be read: {catalog['path']}"
    parts = [f"{catalog['channel']} r{catalog['revision']}"]
    parts.append(counted(catalog["bundles"], "bundle"))
    parts.append(trust_label(catalog["signature"])[0])
    if catalog["is_expired"]:
        parts.append(f"expired {catalog['expires_at']}")
    elif catalog["expires_at"]:
        parts.append(f"valid until {catalog['expires_at'][:10]}")
    if catalog["fetched_at"]:
        parts.append(f"fetched {catalog['fetched_at']}")
    return f"{', '.join(parts)}: {catalog['path']}"


def _banner_lines(banners: Sequence[BannerView], style: Style) -> list[str]:
    """Return the most important notices, one line each, and how many more there are (7-screens, rule 8)."""
    if not banners:
        return []
    rest = len(banners) - MAX_BANNERS
    lines = ["", *(_banner_line(banner, style) for banner in banners[:MAX_BANNERS])]
    more = f"{counted(rest, 'more notice')}; " if rest > 0 else ""
    return [*lines, f"  {more}`arw-cli runtime bundles notices` shows all of it."]


def _banner_line(banner: BannerView, style: Style) -> str:
    severity = banner["severity"] + ("" if banner["is_signed"] else ", unsigned")
    return f"{style.paint(f'notice[{severity}]:', SEVERITY_COLOURS[banner['severity']])} {banner['title']}"

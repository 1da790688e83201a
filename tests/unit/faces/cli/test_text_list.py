"""Exact texts: what people read is looked at here, line by line."""

# ruff: noqa: E501 - the lines stand as they are printed

from __future__ import annotations

from launcher.faces.cli.terminal import Style
from launcher.faces.cli.text_list import catalog_lines, list_lines, notice_lines, notice_paragraphs
from tests.unit.faces.cli.views import (
    CUDA,
    LLAMA,
    banner,
    bundle,
    catalog,
    error,
    overview,
    reason,
    revision,
    summary,
    trust,
)

WHISPER = "whisper.cpp-preview/linux-x86_64-cpu"
ROCM = "llama.cpp-preview/linux-x86_64-rocm"
RECOMMENDED = reason("recommended", "Recommended: CUDA 12.8, because of an RTX 3090 with driver 570.")
NO_AMD = reason("no-device", "ROCm: no AMD GPU.", "Take the Vulkan bundle.")


def test_the_list_says_what_there_is_and_why() -> None:
    active = revision(is_active=True, upstream_version="b11000", channel_revision=41)
    view = overview(
        bundles=[
            bundle(
                CUDA,
                accelerator="cuda-12.8",
                is_recommended=True,
                state="update-available",
                active=active,
                reasons=[RECOMMENDED],
            ),
            bundle(),
            bundle(
                ROCM,
                accelerator="rocm-10.0",
                fits=False,
                state="not-for-this-machine",
                signature=trust("unknown"),
                reasons=[NO_AMD],
            ),
            bundle(
                WHISPER,
                state="active",
                active=revision(is_active=True, signature=trust("invalid")),
                signature=trust("invalid"),
            ),
        ],
        catalogs=[
            catalog(),
            catalog(channel=None, revision=None, bundles=0, path="/etc/arw/bundles.stable.json", problem=error()),
        ],
        signature_summary=summary(total=2, trusted=1, failed=1, ok=False, enforced=True),
        problems=[error("not-json", "The document is not JSON.")],
    )

    assert list_lines(view) == [
        "   BUNDLE                                ACCELERATOR  STATE                 TRUST      VERSION                   SIZE",
        "",
        "llama.cpp",
        "*  llama.cpp-preview/linux-x86_64-cuda   cuda-12.8    update available      [trusted]  b11000 r41 -> b11146 r42  13.6 MB",
        "     Recommended: CUDA 12.8, because of an RTX 3090 with driver 570.",
        "   llama.cpp-preview/linux-x86_64-cpu    cpu          not installed         [trusted]  b11146 r42                8.8 MB",
        "   llama.cpp-preview/linux-x86_64-rocm   rocm-10.0    not for this machine  -          b11146 r42                8.8 MB",
        "     ROCm: no AMD GPU. Take the Vulkan bundle.",
        "",
        "whisper.cpp",
        "   whisper.cpp-preview/linux-x86_64-cpu  cpu          active                [invalid]  b11146 r42                13.6 MB",
        "",
        "This machine  linux x86_64, 16 GiB, NVIDIA GeForce RTX 3090",
        "Store         /store",
        "Catalogs      preview r42, 2 bundles, [trusted], valid until 2026-12-18, fetched 2026-11-23T08:00:00Z: https://example.com/bundles.preview.json",
        "              cannot be read: /etc/arw/bundles.stable.json",
        "Signatures    1 of 2 installations trusted, 1 failed; signatures are enforced",
        "",
        "problem[not-json]: The document is not JSON.",
    ]


def test_pretty_adds_the_details_and_every_reason() -> None:
    active = revision(is_active=True)
    previous = revision("rev-20261116T080000Z", upstream_version="b10964", is_previous=True)
    view = overview(
        bundles=[
            bundle(
                state="active",
                active=active,
                rollback_target=previous,
                revisions=[active, previous],
                notes=["One.", "Two."],
                signature=trust(warnings=["The key expires soon."]),
            )
        ]
    )

    assert list_lines(view, is_pretty=True)[3:-4] == [
        "   llama.cpp-preview/linux-x86_64-cpu  cpu          active  [trusted]  b11146 r42  13.6 MB",
        "     CPU also works.",
        "     what       llama.cpp for every x86_64 machine.",
        "     signature  Signed by bundle-ci@arw, key preview-bundle-signing, trusted for preview until 2027-01-01.",
        "     warnings   The key expires soon.",
        "     revision   rev-20261123T080000Z",
        f"     path       /store/{LLAMA}/revisions/rev-20261123T080000Z/payload",
        "     index      signed; the publisher lists every file",
        "     rollback   to rev-20261116T080000Z (b10964)",
        "     revisions  2",
        "     download   8.8 MB",
        "     licence    MIT",
        "     notes      One. Two.",
        "     catalog    /catalogs/bundles.preview.json",
    ]


def test_an_empty_list_says_how_to_fill_it() -> None:
    assert list_lines(overview()) == [
        "No catalog offers a bundle, and none is installed.",
        "`arw-cli runtime bundles refresh` fetches the catalogs.",
        "",
        "This machine  linux x86_64, 16 GiB, NVIDIA GeForce RTX 3090",
        "Store         /store",
        "Signatures    nothing is installed",
    ]


def test_a_held_update_and_a_problem_stand_with_their_bundle() -> None:
    view = overview(
        bundles=[
            bundle(
                state="active",
                active=revision(),
                is_update_held=True,
                problem=error("damaged-state", "It cannot be read."),
            )
        ]
    )

    lines = list_lines(view)
    assert "active (update held)" in lines[3]
    assert lines[4] == "     problem[damaged-state]: It cannot be read."


def test_two_notices_are_shown_and_the_rest_counted() -> None:
    view = overview(
        banners=[banner(severity="security"), banner(is_signed=False), banner(title="Third."), banner(title="Fourth.")]
    )

    assert list_lines(view)[-4:] == [
        "",
        "notice[security]: CUDA 12.8 bundles now need driver 570.",
        "notice[action, unsigned]: CUDA 12.8 bundles now need driver 570.",
        "  2 more notices; `arw-cli runtime bundles notices` shows all of it.",
    ]


def test_an_expired_catalog_says_so() -> None:
    assert catalog_lines([catalog(is_expired=True, fetched_at=None)]) == [
        "preview r42, 2 bundles, [trusted], expired 2026-12-18T08:00:00Z: https://example.com/bundles.preview.json"
    ]


def test_a_catalog_that_failed_says_why() -> None:
    assert catalog_lines(
        [catalog(revision=None, problem=error("no-connection", "`example.com` cannot be reached."))]
    ) == [
        "cannot be read: https://example.com/bundles.preview.json",
        "  problem[no-connection]: `example.com` cannot be reached.",
    ]
    assert catalog_lines([]) == ["This machine follows no catalog of the network."]


def test_notices_are_shown_whole() -> None:
    assert notice_lines([banner(), banner(is_dismissible=False, action="none", until=None, bundles=[])]) == [
        "notice[action]: CUDA 12.8 bundles now need driver 570.",
        "  Details in any Markdown & more.",
        "  - one",
        "  - two",
        "  date     2026-11-18",
        f"  bundles  {CUDA}",
        "  until    2026-12-18",
        "  to do    update",
        "  dismiss  --dismiss preview-r42:abc",
        "",
        "notice[action]: CUDA 12.8 bundles now need driver 570.",
        "  Details in any Markdown & more.",
        "  - one",
        "  - two",
        "  date  2026-11-18",
    ]
    assert notice_lines([]) == ["No notice concerns this machine."]


def test_the_text_of_a_notice_is_its_html_without_marks() -> None:
    html = '<p>Read <a href="https://example.com/a?b=1&amp;c">this</a> &lt;now&gt;.<br/>Then</p><p></p>\n<p><code>x</code></p>'

    assert notice_paragraphs(html) == ["Read this <now>.", "Then", "x"]


def test_colours_never_carry_what_words_do_not() -> None:
    view = overview(bundles=[bundle(is_recommended=True, reasons=[RECOMMENDED])], banners=[banner()])

    plain = "\n".join(list_lines(view))
    coloured = "\n".join(list_lines(view, Style(is_coloured=True)))
    for code in ("\x1b[0m", "\x1b[1m", "\x1b[2m", "\x1b[31m", "\x1b[32m", "\x1b[33m", "\x1b[36m"):
        coloured = coloured.replace(code, "")
    assert coloured == plain

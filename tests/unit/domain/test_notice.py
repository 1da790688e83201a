from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from textwrap import dedent

import pytest

from launcher.domain.notice import Action, ChangeLog, Problem, Severity, parse_change_log

ROOT = Path(__file__).resolve().parents[3]
GOOD = "### 2026-11-18 · preview r42 · action\nGood.\n"


def parse(entries: str) -> ChangeLog:
    return parse_change_log(f"# Runbook\n\n## Change Log\n\n{dedent(entries)}")


def test_an_entry_with_everything() -> None:
    log = parse("""\
        ### 2026-11-18 · preview r42 · action
        CUDA 12.8 bundles now need driver 570.
        - bundles: llama.cpp-preview/linux-x86_64-cuda-12.8, llama.cpp-preview/windows-x86_64-cuda-12.8
        - until: 2026-12-18
        - action: update
        Details in any **Markdown**,

        - links: [included](https://example.org)
        """)
    assert log.problems == ()
    (notice,) = log.notices
    assert notice.id == "preview-r42"
    assert notice.issued_on == date(2026, 11, 18)
    assert (notice.channel, notice.channel_revision) == ("preview", 42)
    assert (notice.severity, notice.action) == (Severity.ACTION, Action.UPDATE)
    assert notice.summary == "CUDA 12.8 bundles now need driver 570."
    assert notice.bundles == (
        "llama.cpp-preview/linux-x86_64-cuda-12.8",
        "llama.cpp-preview/windows-x86_64-cuda-12.8",
    )
    assert notice.until == datetime(2026, 12, 19, tzinfo=UTC)  # the 18th is the last day
    assert notice.body_markdown == "Details in any **Markdown**,\n\n- links: [included](https://example.org)"
    assert notice.line == 5


def test_an_entry_with_nothing_but_a_summary() -> None:
    (notice,) = parse("### 2026-11-18 · stable r1 · info\n\nJust so.\n").notices
    assert (notice.bundles, notice.until, notice.action, notice.body_markdown) == ((), None, Action.NONE, "")


def test_until_may_be_a_moment() -> None:
    (notice,) = parse(f"{GOOD}- until: 2026-12-18T12:00:00Z\n").notices
    assert notice.until == datetime(2026, 12, 18, 12, tzinfo=UTC)


def test_windows_line_ends_and_trailing_blanks_change_nothing() -> None:
    text = f"## Change Log\n{GOOD}- action: update\n\nText.\n"
    assert parse_change_log(text.replace("\n", "  \r\n")).notices == parse_change_log(text).notices


def test_entries_stand_in_the_order_of_the_file() -> None:
    log = parse("### 2026-11-19 · preview r2 · info\nNew.\n### 2026-11-18 · preview r1 · security\nOld.\n")
    assert [notice.id for notice in log.notices] == ["preview-r2", "preview-r1"]


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("### soon\nx\n", "The heading is not `### DATE · CHANNEL rNUMBER · SEVERITY`."),
        ("###\nx\n", "The heading is not `### DATE · CHANNEL rNUMBER · SEVERITY`."),
        ("### 2026-11-18 - preview r1 - info\nx\n", "The heading is not `### DATE · CHANNEL rNUMBER · SEVERITY`."),
        ("### 2026-02-30 · preview r1 · info\nx\n", "'2026-02-30' is not a date like 2026-11-18."),
        ("### 20261118 · preview r1 · info\nx\n", "'20261118' is not a date like 2026-11-18."),
        ("### 2026-11-18 · Preview r1 · info\nx\n", "'Preview' is not the name of a channel."),
        ("### 2026-11-18 · preview r1 · urgent\nx\n", "'urgent' is none of `info`, `action`, `security`."),
        ("### 2026-11-18 · preview r1 · info\n", "The entry has no summary below its heading."),
        (
            "### 2026-11-18 · preview r1 · info\n" + "x" * 201,
            "The summary is not one line of at most 200 printable characters.",
        ),
        (
            "### 2026-11-18 · preview r1 · info\nSafe \u202egnp.exe\n",
            "The summary is not one line of at most 200 printable characters.",
        ),
        (f"{GOOD}- action: reboot\n", "'reboot' is none of `none`, `update`, `rollback`."),
        (f"{GOOD}- until: tomorrow\n", "'tomorrow' is not a date like 2026-11-18."),
        (f"{GOOD}- until: 9999-12-31\n", "`until` is too far away."),
        (f"{GOOD}- bundles: ../etc\n", "`bundles` is not a list of bundle ids, with commas between them."),
        (
            f"{GOOD}- untill: 2026-12-18\n",
            "`untill` is not a field; put a blank line before a list that belongs to the text.",
        ),
        (f"{GOOD}- action: update\n- action: none\n", "The field `action` stands twice."),
        (GOOD + "\n" + "x" * 20_001, "The entry is longer than 20000 characters."),
    ],
)
def test_a_malformed_entry_is_reported_with_its_line_and_hides_no_other(entry: str, message: str) -> None:
    before, after = "### 2026-11-20 · preview r50 · info\nBefore.\n", "### 2026-11-01 · preview r9 · info\nAfter.\n"
    log = parse_change_log(f"## Change Log\n{before}{entry}\n{after}")
    assert log.problems == (Problem(4, message),)
    assert [notice.id for notice in log.notices] == ["preview-r50", "preview-r9"]


def test_the_section_ends_at_the_next_heading() -> None:
    log = parse_change_log(f"### not yet\n## CHANGE LOG ##\n{GOOD}#### part of it\n## Then\n### not any more\n")
    assert [notice.body_markdown for notice in log.notices] == ["#### part of it"]
    assert log.problems == ()


@pytest.mark.parametrize("text", ["", "# Change Log\n", "## Change Logs\n", "```\n## Change Log\n```\n"])
def test_a_document_without_the_section(text: str) -> None:
    assert parse_change_log(text) == ChangeLog((), (Problem(1, "There is no section `## Change Log`."),))


def test_headings_in_code_are_no_headings() -> None:
    log = parse_change_log(f"```md\n## Change Log\n### x\n```\n## Change Log\n{GOOD}~~~\n## End\n### x\n~~~\nLast.\n")
    assert log.problems == ()
    assert [notice.body_markdown for notice in log.notices] == ["~~~\n## End\n### x\n~~~\nLast."]


@pytest.mark.parametrize("fence", ["```", "~~~sh", "   ````"])
def test_a_code_block_that_was_never_closed_hides_no_entry(fence: str) -> None:
    log = parse_change_log(
        f"## Change Log\n{GOOD}{fence}\n### 2026-11-01 · preview r9 · info\nOther.\n```\n## End\n```\n"
    )
    assert [notice.id for notice in log.notices] == ["preview-r42", "preview-r9"]


def test_ids_stay_when_a_newer_entry_comes_on_top() -> None:
    one = parse(GOOD).notices
    two = parse(f"### 2026-11-19 · preview r42 · info\nMore.\n{GOOD}").notices
    assert [notice.id for notice in one] == ["preview-r42"]
    assert [notice.id for notice in two] == ["preview-r42-2", "preview-r42"]
    assert two[1].content_sha256 == one[0].content_sha256


def test_another_content_has_another_digest() -> None:
    texts = [GOOD, GOOD + "More.\n", GOOD.replace("action", "info"), GOOD + "- action: update\n"]
    assert len({parse(text).notices[0].content_sha256 for text in texts}) == len(texts)
    assert parse(GOOD + "\n\n").notices[0].content_sha256 == parse(GOOD).notices[0].content_sha256


def test_the_change_log_that_ships() -> None:
    log = parse_change_log((ROOT / "ops" / "runtime_bundle_runbook.md").read_text(encoding="utf-8"))
    assert log.problems == ()
    assert log.notices

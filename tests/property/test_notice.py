from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from launcher.domain.notice import parse_change_log
from launcher.domain.notice_html import render_notice

TAG = re.compile(r'</?(?:p|h4|ul|ol|li|b|i|blockquote|pre|code)>|<br>|</a>|<a href="(https?://[^"<>\s\']*)">')
pieces = st.sampled_from(
    [
        "## Change Log\n",
        "### 2026-11-18 · preview r42 · action\n",
        "### 2026-13-99 · preview r1 · info\n",
        "### ",
        "Summary.\n",
        "- until: 2026-12-18\n",
        "- action: update\n",
        "- bundles: a/b, ..\n",
        "```\n",
        "~~~\n",
        "\n",
    ]
)
change_logs = st.one_of(st.text(), st.lists(pieces | st.text(max_size=8), max_size=30).map("".join))
markup = st.sampled_from(
    [
        "<script>",
        "<img src=x onerror=alert(1)>",
        "![a](",
        "[b](",
        "](",
        "javascript:",
        "JaVaScRiPt&#58;",
        "data:text/html,",
        "https://e.org/",
        "http://",
        '"',
        "'",
        "<",
        ">",
        ")",
        "\\",
        "`",
        "**",
        "_",
        "\n",
        "\n- ",
        "\n> ",
        "    ",
        "```\n",
        "&quot;",
        "&lt;",
        "[r]: javascript:x\n",
        "[r]",
        "\u202e",
    ]
)
bodies = st.one_of(st.text(), st.lists(markup | st.text(max_size=6), max_size=25).map("".join))


@given(change_logs)
def test_any_text_is_a_change_log(text: str) -> None:
    log = parse_change_log(text)
    ids = [notice.id for notice in log.notices]
    assert len(set(ids)) == len(ids)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert all(lines[notice.line - 1].startswith("### ") for notice in log.notices)
    assert all(1 <= problem.line <= len(lines) and problem.message for problem in log.problems)


@given(st.lists(st.sampled_from(["good", "bad", "unclosed"]), max_size=8))
def test_no_entry_hides_another(kinds: list[str]) -> None:
    entries = {
        "good": "### 2026-11-18 · preview r{} · info\nGood.\n",
        "bad": "### 2026-11-18 · preview r{} · wrong\nBad.\n",
        "unclosed": "### 2026-11-18 · preview r{} · info\nGood.\n```\n",
    }
    text = "".join(entries[kind].format(number) for number, kind in enumerate(kinds))
    log = parse_change_log(f"## Change Log\n{text}")
    good = [number for number, kind in enumerate(kinds) if kind != "bad"]
    assert [notice.channel_revision for notice in log.notices] == good
    assert len(log.problems) == kinds.count("bad")


@given(bodies)
def test_rendered_notices_hold_nothing_but_the_allowed_tags(body: str) -> None:
    rendered = render_notice(body)
    outside = TAG.sub("", rendered)
    assert "<" not in outside
    assert ">" not in outside
    assert '"' not in outside
    assert "<script" not in rendered
    assert "<img" not in rendered
    addresses = [match.group(1) for match in TAG.finditer(rendered) if match.group(1)]
    assert not any("javascript:" in address.split("/", 3)[2] for address in addresses)
    assert rendered.count("<a ") == rendered.count("</a>")

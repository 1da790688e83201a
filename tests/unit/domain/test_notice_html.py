from __future__ import annotations

import pytest

from launcher.domain.notice_html import find_web_address, render_notice


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("", ""),
        ("One.\nStill one.\n\nTwo.", "<p>One.\nStill one.</p><p>Two.</p>"),
        ("**bold** _italic_ `co<de`", "<p><b>bold</b> <i>italic</i> <code>co&lt;de</code></p>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("1. a", "<ol><li>a</li></ol>"),
        ("#### Why", "<h4>Why</h4>"),
        ("> said", "<blockquote><p>said</p></blockquote>"),
        ("```sh\nls <x>\n```", "<pre><code>ls &lt;x&gt;\n</code></pre>"),
        ("    indented", "<pre><code>indented\n</code></pre>"),
        ("a  \nb", "<p>a<br>b</p>"),
        ("[docs](https://example.org/a?b=1&c=2#d)", '<p><a href="https://example.org/a?b=1&amp;c=2#d">docs</a></p>'),
        ("<https://example.org>", '<p><a href="https://example.org">https://example.org</a></p>'),
        ("[](https://example.org)", '<p><a href="https://example.org">https://example.org</a></p>'),
        ('[a](https://example.org "title")', '<p><a href="https://example.org">a</a></p>'),
        ("&lt;b&gt; &amp;", "<p>&lt;b&gt; &amp;</p>"),
    ],
)
def test_markdown(markdown: str, html: str) -> None:
    assert render_notice(markdown) == html


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("<img src=x onerror=y>", "<p>&lt;img src=x onerror=y&gt;</p>"),
        ("![pixel](https://example.org/p.png)", '<p>!<a href="https://example.org/p.png">pixel</a></p>'),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("[x](file:///etc/passwd)", "<p>[x](file:///etc/passwd)</p>"),
        ("[x](ftp://example.org)", "<p>x</p>"),
        ("[x](/relative)", "<p>x</p>"),
        ("[x](https://bank.example@evil.example)", "<p>x</p>"),
        ("[x](https://example.org/\"onclick='y')", "<p>x</p>"),
        ("safe \u202egnp.exe\u0007", "<p>safe gnp.exe</p>"),
        ("**[x](javascript:y)", "<p>**[x](javascript:y)</p>"),
    ],
)
def test_hostile_markdown(markdown: str, html: str) -> None:
    assert render_notice(markdown) == html


@pytest.mark.parametrize(
    "address",
    ["https://example.org", "http://127.0.0.1:8080/", "https://example.org?q=1", "https://example.org/(a)_[b]~@c"],
)
def test_web_addresses(address: str) -> None:
    assert find_web_address(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "",
        "https://",
        "https:///x",
        "//example.org",
        "javascript:alert(1)",
        "data:text/html,x",
        "https://a@b.c",
        "https://a:b@c.d/",
        "https://example.org\n.evil.example",
        "https://example.org\\@evil.example",
        "https://exämple.org",
        "https://example.org/ x",
        "https://example.org/" + "x" * 2_000,
    ],
)
def test_other_addresses(address: str) -> None:
    assert find_web_address(address) is None

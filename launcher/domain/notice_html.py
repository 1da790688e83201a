"""How a notice's Markdown becomes the little HTML that a text widget shows.

The text is an operator's, or an attacker's where a catalog is unsigned. Safe by construction: the output consists of
the constant tags below, escaped text, and checked http(s) addresses, so there is nothing to filter afterwards. Where a
link leads is shown before it is opened; that is the widget's part.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

MAX_CHARACTERS: Final = 20_000
MAX_URL_CHARACTERS: Final = 2_000

# No user part (`https://bank.example@evil.example`), no quotes, brackets or backslashes, nothing but ASCII.
_WEB_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d{1,5})?(?:[/?#][!#$%&()*+,./:;=?@_~\[\]0-9A-Za-z-]*)?")
_TAGS: Final = {
    "paragraph": "p",
    "heading": "h4",
    "bullet_list": "ul",
    "ordered_list": "ol",
    "list_item": "li",
    "strong": "b",
    "em": "i",
    "blockquote": "blockquote",
}
_RULES: Final = (
    "list",
    "heading",
    "fence",
    "code",
    "blockquote",
    "emphasis",
    "backticks",
    "escape",
    "entity",
    "link",
    "autolink",
    "newline",
)


def render_notice(body_markdown: str) -> str:
    """Render Markdown as paragraphs, headings, lists, bold, italics, code and http(s) links; all else is plain text."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - 30 ms that only a screen with banners pays; rich needs it too

    parser = MarkdownIt("zero").enable(list(_RULES))
    return "".join(_render(parser.parse(body_markdown[:MAX_CHARACTERS]))).strip()


def find_web_address(text: str) -> str | None:
    """Return an address that a notice may link to, or None for any other kind."""
    return text if len(text) <= MAX_URL_CHARACTERS and _WEB_ADDRESS.fullmatch(text) else None


def _render(tokens: Sequence[Token]) -> Iterator[str]:
    ends: list[str] = []  # what closes each open link
    for token, following in zip(tokens, [*tokens, None][1:], strict=True):
        name, _, side = token.type.rpartition("_")
        if token.hidden:  # the paragraph of a tight list's item
            continue
        if token.type == "inline":
            yield from _render(token.children or ())
        elif token.type == "link_open":
            address = find_web_address(str(token.attrGet("href") or ""))
            ends.append("</a>" if address else "")
            yield f'<a href="{html.escape(address)}">' if address else ""
            if address and following is not None and following.type == "link_close":  # no link without a text
                yield html.escape(address)
        elif token.type == "link_close":
            yield ends.pop()
        elif token.type in {"code_inline", "fence", "code_block"}:
            yield _render_code(token)
        elif token.type in {"softbreak", "hardbreak"}:
            yield "<br>" if token.type == "hardbreak" else "\n"
        elif name in _TAGS:
            yield f"<{'/' if side == 'close' else ''}{_TAGS[name]}>"
        else:
            yield _escaped(token.content)


def _render_code(token: Token) -> str:
    text = f"<code>{_escaped(token.content)}</code>"
    return text if token.type == "code_inline" else f"<pre>{text}</pre>"


def _escaped(text: str) -> str:
    """Escape text, without what cannot be seen: direction marks could make it read as something else."""
    return html.escape("".join(character for character in text if character.isprintable() or character in "\n\t"))

"""Where the links of a bundle may lead: to a regular file of the same bundle (threats C2, C4, C14)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from launcher.domain.errors import UnsafeLink, UnsafePath
from launcher.domain.index import LinkEntry, check_one_tree
from launcher.domain.member_path import parse_member_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from launcher.domain.index import IndexEntry
    from launcher.store.tree import TreeWriter


def check_links(entries: Sequence[IndexEntry]) -> tuple[LinkEntry, ...]:
    """Return the links among all entries of a bundle, each of which ends at a regular file of the bundle.

    Targets are resolved by their letters, never by asking a file system. That is the same here: names clash with no
    other and lead through no link, so ``..`` at a target's beginning climbs over real folders only.

    Raises:
        UnsafePath: Two names are one, or a name leads through a file or link.
        UnsafeLink: A link leads out of the bundle, nowhere, in a circle, or to a folder.
    """
    check_one_tree([entry.path for entry in entries])
    links = {entry.path: entry for entry in entries if isinstance(entry, LinkEntry)}
    files = {entry.path for entry in entries}.difference(links)
    followed = {path: resolve_target(link) for path, link in links.items()}
    ends_well: set[str] = set(files)
    for link in links.values():
        chain: dict[str, None] = {}
        path = link.path
        while path not in ends_well:
            if path in chain or path not in followed:
                raise _unsafe(link, "a circle" if path in chain else f"no file of the bundle, `{path}`")
            chain[path] = None
            path = followed[path]
        ends_well.update(chain)
    return tuple(links.values())


def write_links(entries: Sequence[IndexEntry], tree: TreeWriter) -> None:
    """Check and make all links of a bundle, after all of its files.

    Args:
        entries: All entries of the bundle, of all its archives.
        tree: The writer that has written the files.

    Raises:
        UnsafePath: As `check_links`, and where a link's name is taken in the tree.
        UnsafeLink: As `check_links`.
        DiskFull: There is no room.
        NoPermission: The operating system denied it.
        UnsafeStore: Something stands already where a link is to be.
        DiskFailure: The disk or its file system failed.
    """
    for link in check_links(entries):
        tree.write_link(link.path, link.target)


def resolve_target(link: LinkEntry) -> str:
    """Return the path in the bundle that a link names.

    Raises:
        UnsafeLink: The target is absolute, climbs out of the bundle, or is not a plain relative name.
    """
    folders = link.path.split("/")[:-1]
    parts = link.target.split("/")
    while parts and parts[0] == "..":
        if not folders:
            raise _unsafe(link, "out of the bundle")
        folders.pop()
        parts.pop(0)
    try:
        return parse_member_path("/".join([*folders, *parts]))
    except UnsafePath:
        raise _unsafe(link, "a name that is not safe") from None


def _unsafe(link: LinkEntry, where: str) -> UnsafeLink:
    return UnsafeLink(
        f"The link `{link.path}` leads to {where}.",
        expected="a regular file of the same bundle",
        actual=ascii(link.target[:120]),
    )

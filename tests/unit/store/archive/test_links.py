"""Links as a pure decision: where they may lead."""

from __future__ import annotations

import pytest

from launcher.domain.errors import UnsafeLink, UnsafePath
from launcher.domain.index import FileEntry, LinkEntry
from launcher.store.archive import check_links

FILES = tuple(FileEntry(path, 0, 0, "0" * 64) for path in ("lib/x.so.1.2", "bin/run", "a/b/c/deep"))


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("lib/x.so", "x.so.1.2"),
        ("x.so", "lib/x.so.1.2"),
        ("bin/x.so", "../lib/x.so.1.2"),
        ("a/b/run", "../../bin/run"),
        ("a/b/c/d/link", "../deep"),
        ("new/folder/link", "../../bin/run"),
    ],
)
def test_to_a_file_of_the_bundle(path: str, target: str) -> None:
    link = LinkEntry(path, target)
    assert check_links((*FILES, link)) == (link,)


def test_chains_in_any_order() -> None:
    links = (LinkEntry("lib/x.so", "x.so.1"), LinkEntry("lib/x.so.1", "x.so.1.2"), LinkEntry("z", "lib/x.so"))
    assert check_links((*links, *FILES)) == links
    assert check_links((*FILES, *reversed(links))) == links[::-1]


def test_a_long_chain_takes_no_long_time() -> None:
    links = (*(LinkEntry(f"l{n}", f"l{n + 1}") for n in range(9999)), LinkEntry("l9999", "bin/run"))
    assert check_links((*FILES, *links)) == links


@pytest.mark.parametrize(
    ("target", "where"),
    [
        ("../x", "out of the bundle"),
        ("..", "out of the bundle"),
        ("", "a name that is not safe"),
        ("/bin/run", "a name that is not safe"),
        ("./bin/run", "a name that is not safe"),
        ("bin/../bin/run", "a name that is not safe"),
        ("bin//run", "a name that is not safe"),
        ("bin/run/", "a name that is not safe"),
        ("bin\\run", "a name that is not safe"),
        ("bin", "no file of the bundle, `bin`"),
        ("nothing", "no file of the bundle, `nothing`"),
        ("bin/RUN", "no file of the bundle, `bin/RUN`"),
        ("link", "a circle"),
    ],
)
def test_anywhere_else(target: str, where: str) -> None:
    with pytest.raises(UnsafeLink) as caught:
        check_links((*FILES, LinkEntry("link", target)))
    assert caught.value.message == f"The link `link` leads to {where}."
    assert caught.value.actual == ascii(target)


def test_names_through_links() -> None:
    with pytest.raises(UnsafePath):
        check_links((*FILES, LinkEntry("l", "bin/run"), LinkEntry("l/x", "bin/run")))

from __future__ import annotations

from launcher.domain.comparison import compare_indexes, size_of
from launcher.domain.index import FileEntry, LinkEntry

KEPT = FileEntry("lib/kept.so", 0, 10, "aa" * 32)
OLD = FileEntry("server", 0, 20, "bb" * 32, executable=True)
NEW = FileEntry("server", 0, 25, "cc" * 32, executable=True)


def test_each_path_is_added_removed_changed_or_the_same() -> None:
    gone, link = FileEntry("gone", 0, 3, "dd" * 32), LinkEntry("lib/link", "kept.so")
    comparison = compare_indexes((KEPT, OLD, gone), (link, NEW, KEPT._replace(artifact=1)))
    assert [(row.path, row.before, row.after) for row in comparison.added] == [("lib/link", None, link)]
    assert [(row.path, row.before, row.after) for row in comparison.removed] == [("gone", gone, None)]
    assert [(row.path, row.before, row.after) for row in comparison.changed] == [("server", OLD, NEW)]
    assert comparison.unchanged_count == 1


def test_mode_target_and_kind_are_changes_too() -> None:
    before = (OLD, LinkEntry("link", "a"), LinkEntry("other", "a"))
    after = (OLD._replace(executable=False), LinkEntry("link", "b"), FileEntry("other", 0, 1, "ee" * 32))
    assert [row.path for row in compare_indexes(before, after).changed] == ["link", "other", "server"]


def test_names_are_in_order_and_links_have_no_size() -> None:
    added = compare_indexes((), (OLD, KEPT, LinkEntry("a", "b"))).added
    assert [row.path for row in added] == ["a", "lib/kept.so", "server"]
    assert [size_of(row.after) for row in added] == [None, 10, 20]
    assert size_of(None) is None

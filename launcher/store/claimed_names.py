"""Which names of one tree are taken, so that no two of them are one file on any system (threats C2, C9, C10)."""

from __future__ import annotations

from launcher.domain.errors import UnsafePath
from launcher.domain.member_path import collision_key, parse_member_path


class ClaimedNames:
    """The names of a tree that grows one name at a time; `launcher.domain.bundle.check_one_tree` in small steps.

    A name that is not a folder has no names below it, so no path ever leads through a link.
    """

    __slots__ = ("_folder_keys", "_folders", "_leaf_keys")

    def __init__(self) -> None:
        """Begin with an empty tree."""
        self._leaf_keys: dict[str, str] = {}
        self._folder_keys: dict[str, str] = {}
        self._folders: set[str] = set()

    def claim_leaf(self, path: str) -> None:
        """Take the name of a file or link, and those of the folders above it.

        Raises:
            UnsafePath: The name is not safe, is taken, or leads through the name of a file or link.
        """
        parse_member_path(path)
        key = collision_key(path)
        taken_by = self._leaf_keys.get(key) or self._folder_keys.get(key)
        if taken_by is not None:
            raise _clash(path, taken_by)
        self._claim_folders_above(path)
        self._leaf_keys[key] = path

    def claim_folder(self, path: str) -> None:
        """Take the name of a folder, which may be claimed again, and those of the folders above it.

        Raises:
            UnsafePath: The name is not safe, is spelled in another way elsewhere, or is that of a file or link.
        """
        parse_member_path(path)
        self._claim_folder(path)

    def _claim_folder(self, path: str) -> None:
        if path in self._folders:
            return
        key = collision_key(path)
        taken_by = self._leaf_keys.get(key) or self._folder_keys.get(key)
        if taken_by is not None:
            raise _clash(path, taken_by)
        self._claim_folders_above(path)
        self._folder_keys[key] = path
        self._folders.add(path)

    def _claim_folders_above(self, path: str) -> None:
        folder, slash, _ = path.rpartition("/")
        if slash:
            self._claim_folder(folder)


def _clash(path: str, taken_by: str) -> UnsafePath:
    if path == taken_by:
        return UnsafePath(f"The name `{path}` stands twice in the bundle.", expected="distinct names")
    return UnsafePath(f"`{taken_by}` and `{path}` are one file on some systems.", expected="distinct names")

"""Unpacking hostile archives: everything is parsed by our own strict readers and compared before it is written."""

from __future__ import annotations

from launcher.store.archive.limits import UnpackLimits
from launcher.store.archive.links import check_links, write_links
from launcher.store.archive.unpack import unpack_archive

__all__ = ["UnpackLimits", "check_links", "unpack_archive", "write_links"]

"""Errors of the operating system get the names of what they mean."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from launcher.domain.errors import DiskFailure, DiskFull, NoPermission, StoreError, UnsafeStore, WrongHash
from launcher.store.disk_errors import named_disk_errors

MEANINGS = [
    (errno.ENOSPC, DiskFull),
    (errno.EDQUOT, DiskFull),
    (errno.EFBIG, DiskFull),
    (errno.EACCES, NoPermission),
    (errno.EPERM, NoPermission),
    (errno.EROFS, NoPermission),
    (errno.ELOOP, UnsafeStore),
    (errno.EIO, DiskFailure),
    (errno.ESTALE, DiskFailure),
    (errno.ENOENT, DiskFailure),
]


@pytest.mark.parametrize(("number", "failure"), MEANINGS, ids=lambda value: str(getattr(value, "__name__", value)))
def test_each_errno_has_its_name(number: int, failure: type[StoreError]) -> None:
    with pytest.raises(failure) as caught, named_disk_errors(Path("store/file")):
        raise OSError(number, os.strerror(number))
    assert type(caught.value) is failure
    assert f"`{Path('store/file')}`" in caught.value.message
    assert caught.value.actual == f"{os.strerror(number)} ({errno.errorcode[number]})"


def test_an_error_without_a_number_is_a_disk_failure() -> None:
    with pytest.raises(DiskFailure) as caught, named_disk_errors("the stage"):
        raise OSError("broken")
    assert caught.value.actual == "broken (OSError)"


def test_a_real_full_device_is_named() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full on this system")
    with pytest.raises(DiskFull), named_disk_errors("/dev/full"):
        Path("/dev/full").write_bytes(b"x")


def test_other_errors_and_values_pass_through() -> None:
    with pytest.raises(WrongHash), named_disk_errors("x"):
        raise WrongHash("not the disk's business")
    with named_disk_errors("x"):
        value = 1
    assert value == 1

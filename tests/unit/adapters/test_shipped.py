from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from launcher.adapters.shipped import SHIPPED_FOLDERS, shipped_path, shipped_root

CHECKOUT = Path(__file__).parents[3]
REGISTRY = "configs/runtime/bundle_signers.json"


def test_checkout_has_the_folders_at_its_root(tmp_path: Path) -> None:
    package = tmp_path / "launcher"
    package.mkdir()

    assert shipped_root(package, unpacked_to=None) == tmp_path


def test_wheel_has_them_inside_the_package(tmp_path: Path) -> None:
    package = tmp_path / "launcher"
    (package / "_shipped").mkdir(parents=True)

    assert shipped_root(package, unpacked_to=None) == package / "_shipped"


def test_frozen_app_has_them_where_it_unpacked_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)

    assert shipped_path(REGISTRY) == tmp_path / "launcher" / "_shipped" / REGISTRY


def test_this_checkout_is_found_from_any_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    assert shipped_path(REGISTRY) == CHECKOUT / REGISTRY


@pytest.mark.parametrize("relative", ["", "docs/index.md", "/configs/x", "configs/../pyproject.toml", "../configs/x"])
def test_what_does_not_ship_is_a_mistake_even_in_a_checkout(relative: str) -> None:
    with pytest.raises(ValueError, match="is not in a folder that ships"):
        shipped_path(relative)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site folder of a wheel that was built from this checkout."""
    folder = tmp_path_factory.mktemp("built wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=CHECKOUT, check=True, capture_output=True)
    (wheel,) = folder.glob("arw_launcher-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


@pytest.mark.slow
def test_installed_wheel_finds_a_shipped_file(installed: Path, tmp_path: Path) -> None:
    program = "import sys; from launcher.adapters.shipped import shipped_path; print(shipped_path(sys.argv[1]))"
    asked = subprocess.run(
        [sys.executable, "-P", "-c", program, REGISTRY],
        env=os.environ | {"PYTHONPATH": str(installed)},
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    )

    found = Path(asked.stdout.strip())
    assert found == installed / "launcher" / "_shipped" / REGISTRY
    assert found.read_bytes() == (CHECKOUT / REGISTRY).read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize("folder", sorted(SHIPPED_FOLDERS))
def test_installed_wheel_holds_every_shipped_file(installed: Path, folder: str) -> None:
    in_checkout = files_below(CHECKOUT / folder)

    assert files_below(installed / "launcher" / "_shipped" / folder) == in_checkout
    assert in_checkout


def files_below(folder: Path) -> set[Path]:
    return {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}

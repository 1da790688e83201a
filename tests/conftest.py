"""What every test gets: a home of its own, the test data, and hypothesis profiles."""

from __future__ import annotations

import os
from pathlib import Path

import hypothesis
import pytest

TESTS = Path(__file__).resolve().parent
# Read here, before `home` hides the variable from each test.
PAYLOADS = Path(os.environ.get("ARW_TEST_PAYLOADS") or TESTS.parent.parent / "shared" / "payloads")
PROXY_VARIABLES = {"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"}
# An unbuffered stream hides what a broken pipe leaves behind.
OTHER_VARIABLES = {"BASE_URL", "PYTHONUNBUFFERED"}

# Before pytest-qt makes the one QApplication; `QT_QPA_PLATFORM=xcb` in the environment shows the windows.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# The texts that tests look for are English, whatever this machine speaks.
os.environ.update(LC_ALL="C.UTF-8", LANGUAGE="en")

# Shared, slow machines: no deadline for an example. CI repeats the same examples at every run.
hypothesis.settings.register_profile("default", deadline=None, print_blob=True)
hypothesis.settings.register_profile("ci", deadline=None, print_blob=True, derandomize=True, max_examples=50)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "default")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the test, and every program that it starts, an empty home and no settings of this machine's user."""
    home = tmp_path / "home"
    folders = {
        "HOME": home,
        "USERPROFILE": home,
        "APPDATA": home / "AppData" / "Roaming",
        "LOCALAPPDATA": home / "AppData" / "Local",
        "XDG_CACHE_HOME": home / ".cache",
        "XDG_CONFIG_HOME": home / ".config",
        "XDG_DATA_HOME": home / ".local" / "share",
        "XDG_STATE_HOME": home / ".local" / "state",
        "XDG_RUNTIME_DIR": home / ".run",
    }
    for variable in list(os.environ):
        if variable.startswith("ARW_") or variable in OTHER_VARIABLES or variable.upper() in PROXY_VARIABLES:
            monkeypatch.delenv(variable)
    for variable, folder in folders.items():
        folder.mkdir(parents=True, exist_ok=True)
        monkeypatch.setenv(variable, str(folder))
    (home / ".run").chmod(0o700)  # Qt warns about a run-time folder that others can enter
    return home


@pytest.fixture(scope="session")
def golden() -> Path:
    """The folder of signed vectors by the older implementation; its README says what each must give."""
    return TESTS / "golden"


@pytest.fixture(scope="session")
def payloads() -> Path:
    """The folder of real runtimes and tiny models; skips where this machine has none."""
    if not PAYLOADS.is_dir():
        pytest.skip(f"no real runtimes at `{PAYLOADS}`; ARW_TEST_PAYLOADS names the folder that holds them")
    return PAYLOADS


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Repeat, right above the closing line, which of dev.py's checks failed before the tests."""
    if failed := os.environ.get("DEV_FAILED_CHECKS"):
        terminalreporter.write_line(f"dev.py: failed before the tests: {failed}", red=True)

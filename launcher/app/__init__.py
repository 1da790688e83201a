"""What the launcher can do, for every face: `open_launcher` gives a `Launcher`."""

from __future__ import annotations

from launcher.app.launcher import Launcher, find_log, keeps_job_notes, open_launcher

__all__ = ["Launcher", "find_log", "keeps_job_notes", "open_launcher"]

"""ARW Launcher: installs, verifies, activates, runs, updates and rolls back local inference runtimes."""

__version__ = "0.1.0"

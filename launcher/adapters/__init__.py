"""The seams for real: HTTP, machine, runtime process, clock."""

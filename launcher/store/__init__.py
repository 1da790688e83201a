"""The disk: layout, atomic writes, lock, objects, staging, activation, journal."""

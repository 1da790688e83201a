"""`arw-launcher`: the desktop app; the only package that imports PySide6."""

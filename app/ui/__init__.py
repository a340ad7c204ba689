"""The window: PySide6 lives here, and nothing else knows Qt."""

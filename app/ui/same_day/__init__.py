"""Papers received, signed and given back on the same day."""

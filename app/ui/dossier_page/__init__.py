"""One dossier whole."""

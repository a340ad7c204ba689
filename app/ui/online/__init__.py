"""Online dossiers, brought in by file."""

"""Scans of a dossier's papers, and the scanner that reads codes."""

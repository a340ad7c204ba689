"""Dossiers taken in, worked on and found."""

"""Receiving a dossier: who, what, which papers, until when."""

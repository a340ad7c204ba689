"""Many dossiers, found and worked on together."""

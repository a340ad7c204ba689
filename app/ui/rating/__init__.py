"""How citizens say it was."""

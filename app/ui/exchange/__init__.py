"""Whether the others have what was done here, and what they said."""

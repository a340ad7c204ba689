"""What the unit says of itself, and who works here."""

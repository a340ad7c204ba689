"""What outlives this PC, and whether the day can be left."""

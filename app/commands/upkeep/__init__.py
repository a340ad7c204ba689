"""What trusts the disk, and what outlives it."""

"""What is typed into the province's system, and what came through it."""

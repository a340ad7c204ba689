"""What is typed into the province's system."""

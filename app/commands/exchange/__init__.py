"""What joins this counter with its server, and carries what they say."""

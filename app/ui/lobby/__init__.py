"""Who hasn't come to the counter yet: the help desk and the waiting line."""

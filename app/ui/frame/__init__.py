"""What stands around every page: rail, search, help, the list of commands."""

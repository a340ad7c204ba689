"""Work off the GUI thread, and what the GUI thread itself does a little at a time."""

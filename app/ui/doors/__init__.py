"""What stands before the window: signing in, the first run, a backup put back."""

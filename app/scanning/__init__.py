"""Scans in, PDF bytes out; and the scanners and folders they come from. Nothing here is kept."""

"""What is printed, scanned and written into files."""

"""What is typed, scanned and copied, and in which order."""

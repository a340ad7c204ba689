"""What pages are made of, whatever they are about."""

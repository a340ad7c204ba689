"""Papers from the desk to a preview, a printer or a file, and what became of them."""

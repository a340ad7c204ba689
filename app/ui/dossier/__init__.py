"""How a dossier stands, in whatever list or page."""

"""What is done to dossiers, and what each deed must be told."""

"""What the registry holds to be true: the catalogue, the fold, and who is who. Pure; no database, no clock."""

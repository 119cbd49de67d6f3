"""Pure rules of the module: no database, no clock."""

"""Questions, always for whom: the door for other modules."""

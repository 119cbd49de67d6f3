"""Actions: the door for other modules."""

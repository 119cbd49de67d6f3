"""Who needs what first: indicators, dimensions, priority."""

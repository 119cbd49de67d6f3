"""Who is entitled to what, and gets it or not."""

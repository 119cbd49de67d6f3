"""What a village assembly does, step by step, without a database."""

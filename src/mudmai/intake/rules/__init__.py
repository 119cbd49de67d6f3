"""What a list says, read without a database: the file, its tables, the meaning of its columns."""

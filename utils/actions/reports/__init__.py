"""What leaves the book as files: the report of a night or of a period, made from what the book has."""

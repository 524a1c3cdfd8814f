"""The demonstration hotel in the book: its last nights closed, and the papers of a night."""

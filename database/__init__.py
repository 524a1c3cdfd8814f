"""The book: what is stored, under which rules, and the named reads and writes of it."""

"""What the product does, one verb a module: it reads the book, calls the domain, writes the book."""

"""Everything of the product that is neither a page nor a table."""

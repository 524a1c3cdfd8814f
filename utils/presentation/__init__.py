"""What a page shows of a night: pure functions from figures to rows, cells and words. No web, no database."""

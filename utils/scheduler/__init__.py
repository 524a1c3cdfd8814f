"""What the product does by itself: a table of jobs, what is due and when, runs claimed once, the clock that turns."""

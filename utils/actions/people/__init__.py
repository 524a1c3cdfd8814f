"""What is decided about the people whose names stand in the lines of nights."""

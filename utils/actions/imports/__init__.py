"""Past months brought in from the hotel's workbooks: proposed, accepted, undone. They send nothing to anybody."""

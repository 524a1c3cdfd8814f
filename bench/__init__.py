"""The measures: each figure is printed beside the floors of the same run, since only their ratio says anything."""

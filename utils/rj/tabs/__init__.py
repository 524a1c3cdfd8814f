"""One module a tab, each declaring its fields; ``utils.rj.catalogue`` gathers them."""

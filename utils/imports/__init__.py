"""The hotel's past workbooks read: which book it is, its month, its nights, each figure with its cell. No database."""

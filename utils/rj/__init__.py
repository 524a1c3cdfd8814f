"""The domain of the night audit: fourteen tabs, pure. No web, no database, no network, no clock."""

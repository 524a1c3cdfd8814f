"""Synchronisation of a night with the PMS: the reports read, each tab filled in its own transaction, the log."""

from utils.actions.lightspeed.sync_night import LightspeedSync, SyncResult

__all__ = ["LightspeedSync", "SyncResult"]

"""Accounts: passwords, and what happens when somebody signs in."""

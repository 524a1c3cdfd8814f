"""What the installation decides: settings read from the environment, and how the application speaks in its logs."""

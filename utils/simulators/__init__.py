"""Servers that speak the contracts of other services, with faults on demand; each is an application of its own."""

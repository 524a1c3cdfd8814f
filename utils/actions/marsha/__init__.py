"""The DBRS of a locked night: written with the lock, sent once, its receipt, validation and benchmarks kept."""

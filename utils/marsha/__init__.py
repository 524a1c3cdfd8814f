"""MARSHA: the DBRS of a locked night leaves signed, once; its receipt, its validation and benchmarks come back.

No public specification exists: the contract is ours (``contract/``). ``storage`` alone knows the base.
"""

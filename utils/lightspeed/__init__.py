"""The PMS: a client of its reports, and the OAuth 2 connection of each hotel to it.

The contract is ``contract/lightspeed.openapi.json``; ``storage.client_for`` gives the client of a hotel.
"""

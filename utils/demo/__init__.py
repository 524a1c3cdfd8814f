"""The demonstration hotel: coherent fictitious figures, drawn from its code and a date alone.

``hotel`` serves the nine reports of the PMS; ``papers`` holds what a person types by hand. Nothing here reads a book,
a clock or a network.
"""

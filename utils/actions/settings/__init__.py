"""Changing the settings of a hotel: dated, said in the journal, never reaching a closed night."""

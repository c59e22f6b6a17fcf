"""The command line: reads options, calls the rooms above, prints. No arithmetic here."""

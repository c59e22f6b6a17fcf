"""What leaves the program: the document of a run, files, tables and figures."""

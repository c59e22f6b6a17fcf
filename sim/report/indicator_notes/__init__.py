"""Notes on every indicator, one a page, and the table of what changes from plan to plan."""

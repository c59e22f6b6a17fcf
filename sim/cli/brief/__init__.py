"""`brief`: one page on one number."""

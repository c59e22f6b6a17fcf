"""A region pack: the data of one region, read and checked."""

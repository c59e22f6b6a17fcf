"""One A4 page on one number: the questions asked of it, each answer with its source."""

"""Reading YAML: positions, duplicates, encodings, and every mistake reported at once."""

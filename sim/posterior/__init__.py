"""What the facts say of the unknowns: posteriors in a few directions, draws from them, and their files."""

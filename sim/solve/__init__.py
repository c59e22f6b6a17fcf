"""What it would take: the smallest packages of levers that bring targets to a probability."""

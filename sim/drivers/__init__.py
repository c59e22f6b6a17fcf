"""What moves a region from outside its equations: the world, chance and policy."""

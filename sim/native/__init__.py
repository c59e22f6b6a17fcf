"""Charts that office programs draw and edit: a block of cells and a chart that refers to it."""

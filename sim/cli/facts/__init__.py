"""The command `facts`: says where a number comes from."""

"""When a target is missed: boxes of inputs in which misses crowd, checked on draws that did not shape them."""

"""What explains the difference between two scenarios: Shapley values over the groups of inputs they differ in."""

"""Growth by production cell and by channel: what pulls GDP up in a year, in points that sum to its growth."""

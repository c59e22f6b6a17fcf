"""What a probability or an indicator is sensitive to: tornado, Sobol indices, value of information."""

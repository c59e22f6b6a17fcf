"""The command `hindcast`: scores past forecasts."""

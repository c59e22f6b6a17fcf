"""The command `calibrate`: conditions on the reported figures."""

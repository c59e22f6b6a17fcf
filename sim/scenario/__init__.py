"""Scenario files: from YAML to one validated, frozen scenario."""

"""The floor that all stand on."""

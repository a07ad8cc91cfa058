"""The forms that readers fill in, each signed and with a trap for machines."""

"""What readers type, made safe to keep and to show: pure functions on strings."""

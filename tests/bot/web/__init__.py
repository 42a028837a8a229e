"""What a serving process answers over HTTP."""

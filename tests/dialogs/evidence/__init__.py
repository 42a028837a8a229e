"""Evidence: what is refused, what is kept, and what the chat says about it."""

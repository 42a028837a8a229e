"""Personal data and files kept out of the messenger: the chat and the pages together."""

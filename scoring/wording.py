"""How names stand in Chinese sentences, by GB/T 15834: quotation marks inside quotation marks are single ones."""


def quoted(name: str) -> str:
    """“name”, with the quotation marks that it has itself turned into ‘ ’."""
    return f"“{name.replace('“', '‘').replace('”', '’')}”"

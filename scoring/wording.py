"""How names and list numbers stand in Chinese text.

Names by GB/T 15834: quotation marks inside quotation marks are single ones.
"""

NUMERALS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"  # 1 to 20, printed and read


def quoted(name: str) -> str:
    """“name”, with the quotation marks that it has itself turned into ‘ ’."""
    return f"“{name.replace('“', '‘').replace('”', '’')}”"

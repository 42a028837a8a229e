"""Evidence (佐证材料): photos and files from the phone, put under the indicator they prove.

    inspecting, archives, pictures   what a file really is, by its content, and what is refused
    receiving                        a file arrives in the chat: where it belongs, and what is said
    fetching                         the bytes come later: downloaded, checked, kept once, told in one sentence
    pages                            缺佐证 4 项, what is there, 撤下
    enclosures                       evidence as documents have it: the annex, the files of the package, their names

Not here: which indicators want evidence (scoring/evidence.py), or the rows (store/evidence.py).
"""

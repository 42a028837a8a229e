"""Evidence (佐证材料): photos and files from the phone, put under the indicator they prove.

    inspecting, archives, pictures   what a file really is, by its content, and what is refused
    receiving                        a file arrives in the chat: where it belongs, and what is said
    fetching                         the bytes come later: downloaded, checked, kept once, told in one sentence
    standing                         what is there, what is wanted, what is missing
    showing                          a stored file on its way to a chat
    naming, unfit                    names made fit to be stored; why a file is refused
    pages                            缺佐证 4 项, what is there, 撤下
    enclosures                       evidence as documents have it: the annex, the files of the package, their names
    room                             the buttons, screens and words of all this

Not here: which indicators want evidence (scoring/evidence.py), or the rows (store/evidence.py).
"""

"""What the finance bureau does for all units together: lists in, overviews and documents out.

    sheets, columns, roles, rows        a spreadsheet of units and people: read row by row
    planning, importing, slips          … judged, carried out; invitations printed with fresh codes
    progress                            who is how far, from one sweep without answers
    announcing                          a word to a selection
    collecting, reports, archiving      summary, anomalies, all documents, the edition for the public
    returning_many                      many filings returned with one remark
    working, kinds, asking_work         work that takes a while: begun, told, stopped, taken up again
    room, menu, words, output           all of it in the chat; files and pictures made when their message leaves
    import_pages, announcing_pages      the pages of an import and of an announcement
    progress_pages, progress_files      the pages of the progress; its picture and spreadsheet

Not here: what one unit does with its filing (the rest of dialogs/), or how a table or document looks (templates/county/).
"""

"""What the finance bureau does for all units together: lists in, overviews and documents out.

    sheets, columns, rows, planning, importing      a spreadsheet of units and people: read, planned with a row-by-row report, carried out

Not here: what one unit does with its filing (the rest of dialogs/), or how a table or document looks (templates/county/).
"""

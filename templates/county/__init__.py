"""What people read about all units of a county together: tables, documents and pictures of many filings.

    results, standings       one filing as a line of such a table: how it came out, how far it is
    figures                  grades counted, ranks, averages
    summary_book             the county summary as a spreadsheet
    summary_report           … and as a Word document
    progress_book            who is how far, as a spreadsheet
    progress_picture         … and as a picture for the phone
    import_book, slips       what became of an imported list; invitations to be cut out and handed over
    archive                  all issued documents in one .zip, with a list
    public                   names and phone numbers taken out

Not here: one filing's own documents (drafting.py, package.py), or where any of it comes from (dialogs/bureau).
"""

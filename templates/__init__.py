"""What people read: chat texts (messages/), report texts (reports/), and the drafting of documents, pictures and spreadsheets.

Not here: what a form is and how it is scored (scoring/), or when something is said (dialogs/).
"""

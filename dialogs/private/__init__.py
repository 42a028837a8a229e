"""Where personal data and files stay out of the messenger (TELEGRAM_PERSONAL_DATA=off): links to the office's own server.

    tokens, doors            one-time links: made when a message leaves, looked at without harm, used up once
    entrance, fields         what comes in by the chat and may not; which questions are filled on a page
    wrapping, veiling        what leaves: files as links, texts without names and numbers
    handing_out              files behind a link
    filling, naming          personal answers and one's own name, written on a page
    uploading                evidence and lists of people, uploaded on a page
    room                     新链接

Not here: the pages (bot/web/pages.py, templates/pages), or who may do what (access/).
"""

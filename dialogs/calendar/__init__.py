"""When what is due: the dates that count for a filing, how they are moved, and how a year is opened.

    deadlines            effective dates: a filing's own, its unit's, the county's, the pack's
    near, mine           还有几天: beside a question, and everything of one person
    typed_days           days as people type them: 4月10日, 下周五, +3天
    wishes               what is wished, looked at before anything is written
    moving, told         a date moved with a reason, and who is told
    timetable            a county's calendar of one year
    opening_year, projectlists   a year opened: filings for the units of a county, for projects on a list
    room, county_page, changing_page, year_page   the same in the chat

Not here: working days (scoring/workdays.py), dates of a pack (scoring/calendar.py), reminders (dialogs/reminding).
"""

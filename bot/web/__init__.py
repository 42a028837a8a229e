"""What a serving process answers over HTTP: updates pushed by Telegram, pages of the office's own server, its condition.

    doors, serving   where a process can be reached; an application served inside the loop of the process
    app              the applications put together from their parts
    webhook, intake  updates in: checked, and stored many at a time
    pages, bodies    the office's own pages behind one-time links; forms as they come in
    health, metrics  whether the process is alive and ready; figures for Prometheus
    lookout          looks at the store that hold up nobody

TLS is ended by a proxy in front. No request is ever logged: addresses of pages open doors.
"""

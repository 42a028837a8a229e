"""Apart: what a county's own templates make is made in a process without secrets, with little memory and little time.

asking   the side of the program: one such process, started when it is first needed; what came of a request
making   the process itself: forks for every document, under limits, and reports what became of it
"""

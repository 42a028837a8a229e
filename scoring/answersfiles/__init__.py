"""Answers files: a filing in YAML or JSON, item id → what a filler would type; for the command line and for cases.

    staff_actual: 31                      a figure in the item's unit, or text such as 24700元
    reception: [2.47, 2, 1.17]            a row; null for a cell that is still open
    projects: [[信息系统, 10, 9.8]]        a table, a list per row; [] for none
    duties_set: [a, c]                    a checklist: ids, numbers, `all` or `none`
    effect: [4, 群众评价好]                points with the reason; an outside score: [92, 100, 县绩效办]
    surplus: 不适用                        does not apply
    executed: {value: 396.2, provisional: true}
    reception: {value: [2, 2, 1], reason: 年中调整}   something else than what arrives from another filing
    printed: {a1_11: 2}                   what a finished filing states (printed.py)
    project: 老字号                        the project this filing is about
    filings: [{form: project, project: 老字号, answers: project@ward.yaml}]   those beside it (sets.py)

Not here: how typed text becomes a value (reading/), whether what is printed is right (checks/).
"""

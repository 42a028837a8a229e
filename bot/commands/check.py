"""`ziping check FORM ANSWERS [--json]`: every relation that does not hold; exit code 1 when there is one."""

import json
from argparse import Namespace

from scoring.answersfiles.sets import read_set
from scoring.checks import Finding, check
from scoring.checks.beside import differences
from scoring.checks.finding import gravest_first
from scoring.loading import load


def run(arguments: Namespace) -> int:
    """Print the findings, gravest first."""
    form = load(arguments.form, arguments.packs)
    file = read_set(form, arguments.answers, arguments.packs)
    findings = gravest_first([*differences(form, file.stored, file.brought), *check(form, file.answers, file.printed)])
    if arguments.json:
        print(json.dumps({"findings": [as_data(f) for f in findings]}, ensure_ascii=False, indent=2))
    elif findings:
        print("\n".join(f"［{f.severity}］{f.check}　{f.text}" for f in findings))
    else:
        print("没有发现问题，数字之间都对得上。")
    return 1 if findings else 0


def as_data(finding: Finding) -> dict[str, object]:
    """A finding for programs."""
    return {
        "check": finding.check,
        "severity": finding.severity,
        "items": list(finding.items),
        "stated": finding.stated,
        "computed": finding.computed,
        "cause": finding.cause,
        "text": finding.text,
    }

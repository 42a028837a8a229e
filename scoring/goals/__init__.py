"""Goals: a target (年度指标值), what was reached (实际完成值), and what the one is worth against the other.

    comparators, units, periods      how ≥98%, 万人 and 12月底前 are written
    targets, actuals, rates          the two values of a line, and what its name says about them
    completing                       whether and how far a number reached its target
    policy, attainment               what a table rewards, and the worth of one of its lines
    lines                            the lines of a table: weights, blocks, worth
    printing                         the points as the lines print them
    deviations                       why what was missed was missed

Not here: the points of an indicator (rules/), contradictions between lines (checks/).
"""

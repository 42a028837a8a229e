"""What makes a reader of many filings look twice: not wrong in itself, but unlikely. Pure functions over all of them.

    case            one filing as it was handed in, and what was noticed about it, with its evidence
    marks           full marks, actual values that equal their targets, over-fulfilment, points that changed on return
    alike           the same rate everywhere, in one filing and in many
    copied          the same text as another unit
    listing         all of it, in one list
Not here: contradictions inside one filing (checks/), or what is done about it.
"""

from scoring.anomalies.case import Anomaly, Case, Kind
from scoring.anomalies.listing import anomalies

__all__ = ["Anomaly", "Case", "Kind", "anomalies"]

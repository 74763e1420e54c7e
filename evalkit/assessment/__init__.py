"""From values to grades, and to what follows from them: targets, points by part, gates, quota, and the consequences."""

from evalkit.assessment.findings.inspections import Finding, Findings, dispute
from evalkit.assessment.grading.assessment import Assessment, RegionAssessment, assess
from evalkit.assessment.grading.events import Event, Events
from evalkit.assessment.grading.evidence import Evidence
from evalkit.assessment.grading.improvements import improvements
from evalkit.assessment.grading.pathway import pathway
from evalkit.assessment.grading.period import period_scores
from evalkit.assessment.grading.rules import Rules
from evalkit.assessment.incentives.allocation import Allocation, allocate, simulate
from evalkit.assessment.incentives.rules import Incentives, measures
from evalkit.assessment.rectification.accountability import Accountability
from evalkit.assessment.rectification.lists import RectificationLists, rectification
from evalkit.assessment.rectification.shortfalls import RoundResults
from evalkit.assessment.supervision.record import RoundRecord
from evalkit.assessment.supervision.rules import Supervision
from evalkit.assessment.supervision.visit_plan import VisitPlan
from evalkit.assessment.targets.achievement import Achievement, achieve

__all__ = [
    "Accountability",
    "Achievement",
    "Allocation",
    "Assessment",
    "Event",
    "Events",
    "Evidence",
    "Finding",
    "Findings",
    "Incentives",
    "RectificationLists",
    "RegionAssessment",
    "RoundRecord",
    "RoundResults",
    "Rules",
    "Supervision",
    "VisitPlan",
    "achieve",
    "allocate",
    "assess",
    "dispute",
    "improvements",
    "measures",
    "pathway",
    "period_scores",
    "rectification",
    "simulate",
]

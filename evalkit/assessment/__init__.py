"""From values to grades, and to what follows from them: targets, points by part, gates, quota, and the consequences."""

from evalkit.assessment.accountability import Accountability
from evalkit.assessment.achievement import Achievement, achieve
from evalkit.assessment.allocation import Allocation, allocate, simulate
from evalkit.assessment.assessment import Assessment, CityAssessment, assess
from evalkit.assessment.events import Event, Events
from evalkit.assessment.evidence import Evidence
from evalkit.assessment.incentives import Incentives, measures
from evalkit.assessment.inspections import Finding, Findings, dispute
from evalkit.assessment.lifts import lifts
from evalkit.assessment.pathway import pathway
from evalkit.assessment.period import period_scores
from evalkit.assessment.record import Record
from evalkit.assessment.rectification import RectificationLists, rectification
from evalkit.assessment.rules import Rules
from evalkit.assessment.shortfalls import Standing
from evalkit.assessment.supervision import Supervision
from evalkit.assessment.visit_plan import VisitPlan

__all__ = [
    "Accountability",
    "Achievement",
    "Allocation",
    "Assessment",
    "CityAssessment",
    "Event",
    "Events",
    "Evidence",
    "Finding",
    "Findings",
    "Incentives",
    "Record",
    "RectificationLists",
    "Rules",
    "Standing",
    "Supervision",
    "VisitPlan",
    "achieve",
    "allocate",
    "assess",
    "dispute",
    "lifts",
    "measures",
    "pathway",
    "period_scores",
    "rectification",
    "simulate",
]

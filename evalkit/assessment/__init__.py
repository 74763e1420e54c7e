"""From values to grades: targets of every kind, points by part, gates, quota, and the way to the consequence."""

from evalkit.assessment.achievement import Achievement, achieve
from evalkit.assessment.assessment import Assessment, CityAssessment, assess
from evalkit.assessment.events import Event, Events
from evalkit.assessment.evidence import Evidence
from evalkit.assessment.lifts import lifts
from evalkit.assessment.pathway import pathway
from evalkit.assessment.period import period_scores
from evalkit.assessment.rules import Rules

__all__ = [
    "Achievement",
    "Assessment",
    "CityAssessment",
    "Event",
    "Events",
    "Evidence",
    "Rules",
    "achieve",
    "assess",
    "lifts",
    "pathway",
    "period_scores",
]

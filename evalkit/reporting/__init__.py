"""From an evaluation to what people read: tables, figures, sentences, pages and workbooks."""

from evalkit.reporting.city import CityReport
from evalkit.reporting.county import CountyReport
from evalkit.reporting.department import DepartmentReport
from evalkit.reporting.report import RoundReport

__all__ = ["CityReport", "CountyReport", "DepartmentReport", "RoundReport"]

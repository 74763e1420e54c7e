"""The grades of all cities, the data behind them, and the rules."""

from evalkit.reporting.chapters.province_grades import figures, rules, sentences, tables

__all__ = ["figures", "rules", "sentences", "tables"]

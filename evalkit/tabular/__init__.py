"""A table: typed values with declared columns, and what it is printed as; spreadsheets in and out."""

from evalkit.tabular import csv
from evalkit.tabular.table import Column, Table

__all__ = ["Column", "Table", "csv"]

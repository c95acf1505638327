"""Floor 6: a comparison of two policies told on paper (PDF), on a page (HTML) and in a workbook (Excel)."""

from sim.reports.gather import Findings, Stopped, gather
from sim.reports.inputs import Inputs
from sim.reports.make import FORMATS, check_targets, make_report, write_bytes, write_report

__all__ = [
    "FORMATS", "Findings", "Inputs", "Stopped", "check_targets", "gather", "make_report", "write_bytes", "write_report",
]  # fmt: skip

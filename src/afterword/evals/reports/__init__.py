"""What a team's eval runner said of one case, read from the report that it wrote; never from its exit code."""

from afterword.evals.reports.reading import read_report as read_report
from afterword.evals.reports.report import Report as Report
from afterword.evals.reports.report import Run as Run
from afterword.evals.reports.report import Unreadable as Unreadable

"""The record of a closed cycle: what came of it, what was learned, what goes on."""

from okrsite.pages.record.carried import Carried, CarriedRow
from okrsite.pages.record.page import Commitment, GradeRow, Lesson, Record, record_of
from okrsite.pages.record.rhythm import Attendance, AttendanceRow, attendance_of
from okrsite.pages.record.watched import WatchedKpi

__all__ = [
    "Attendance",
    "AttendanceRow",
    "Carried",
    "CarriedRow",
    "Commitment",
    "GradeRow",
    "Lesson",
    "Record",
    "WatchedKpi",
    "attendance_of",
    "record_of",
]

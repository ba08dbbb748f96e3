"""The register of every code, by hundreds: what each check reports, why, and what to write.

A new code is one entry here; the check itself is in `okrsite.checks`, or in the module that reads
what the code is about.
"""

from okrsite.findings.codes import advice, check_ins, documents, links
from okrsite.findings.codes.check import Check, Severity

__all__ = ["CHECKS", "Check", "Severity"]

CHECKS: dict[str, Check] = {
    check.code: check
    for check in (*documents.CHECKS, *links.CHECKS, *check_ins.CHECKS, *advice.CHECKS)
}
"""Every check by its code, in the order of the codes."""

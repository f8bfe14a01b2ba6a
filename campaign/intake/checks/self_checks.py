"""Self-checks against ledgers: made on different days, so what disagrees is worth a look, no more."""

from collections.abc import Iterator
from datetime import date

from campaign.intake.checks.material import Finding, Material
from campaign.records import Answer, CheckAnswer, Problem, SelfCheck


def failed_without_problem(material: Material) -> Iterator[Finding]:
    """不符合 in a self-check, and no problem of that community and item in its office's ledger.

    Rows that wait or lie after the as-of date are in the ledger too. Where an office has no usable ledger, or
    names no item for a problem of the community, nothing can be said.
    """
    listed = {(entry.key[0], entry.key[1]) for entry in material.entries}
    ledgers = {office: ledger.file for ledger in material.ledgers for office in ledger.offices}
    for check, answer in _answers(material, Answer.FAIL):
        community = material.books.roster.community(check.community)
        ledger = ledgers.get(community.subdistrict) if community else None
        known = {(check.community, str(answer.item)), (check.community, "")} & listed
        if ledger is not None and not known:
            words = {"item": answer.item, "found": f"《{ledger}》"}
            yield Finding(answer.origin.ref("answer"), check.community, words)


def passed_in_spite_of_problem(material: Material) -> Iterator[Finding]:
    """A problem that was there on the day of the self-check, which answers 符合 for its item.

    A problem found later, or put right by that day, is no contradiction.
    """
    passed = {
        (check.community, answer.item): (check, answer) for check, answer in _answers(material, Answer.PASS)
    }
    for problem in material.books.problems:
        if problem.item is None or (problem.community, problem.item) not in passed:
            continue
        check, answer = passed[problem.community, problem.item]
        if _there_on(problem, check.checked_on):
            words = {
                "item": problem.item,
                "expected": check.checked_on.isoformat(),
                "found": answer.origin.ref("answer"),
            }
            yield Finding(problem.origin.ref("item"), problem.community, words)


def _answers(material: Material, wanted: Answer) -> Iterator[tuple[SelfCheck, CheckAnswer]]:
    return (
        (check, answer)
        for check in material.books.self_checks
        for answer in check.answers
        if answer.answer is wanted
    )


def _there_on(problem: Problem, day: date) -> bool:
    done = min((d for d in (problem.rectified_on, problem.closed_on) if d), default=None)
    if done is None and problem.status.done:
        return False  # put right on a day that nobody knows
    return problem.found_on <= day and (done is None or done > day)

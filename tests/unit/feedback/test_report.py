"""Sums over the answers."""

from jobfair.feedback.report import summarise
from jobfair.feedback.rules import Again, AnswerInput, Lacking, Talks


def test_no_answer_has_no_average() -> None:
    report = summarise([])
    assert (report.answered, report.hires, report.fit, report.again_yes) == (0, 0, None, 0)


def test_sums_and_averages() -> None:
    both = (Lacking.LICENCE, Lacking.GERMAN)
    report = summarise(
        [
            AnswerInput(Talks.MANY, 2, 4, Again.YES, both),
            AnswerInput(Talks.MANY, 1, 5, Again.NO, (Lacking.LICENCE,)),
        ]
    )
    assert (report.hires, report.fit, report.again_yes) == (3, 4.5, 1)
    assert dict(report.talks)[Talks.MANY] == 2
    assert report.lacking[:2] == ((Lacking.LICENCE, 2), (Lacking.GERMAN, 1))


def test_nothing_is_missing_where_something_is() -> None:
    said = AnswerInput(Talks.NONE, 0, 1, Again.MAYBE, (Lacking.GERMAN, Lacking.NOTHING))
    assert said.values()["lacking"] == ["german"]
    only = AnswerInput(Talks.NONE, 0, 1, Again.MAYBE, (Lacking.NOTHING,))
    assert only.values()["lacking"] == ["nothing"]

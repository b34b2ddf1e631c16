# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""S15: the room `reading`; and draft studies written from an article."""

import pytest

from tertius.data.texts import parse
from tertius.errors import BadInput
from tertius.reading import read_article
from tertius.study import StudyFile, compute, draft_from_article, load_study
from tertius.study.ask import asked_questions
from tertius.study.chapter import Asked
from tertius.study.chapters import room
from tertius.study.vacuous import doubts
from tertius.study.wording import QUESTIONS, USUAL

JUNE = ("sanctions-2022@june",)
PAGE = """Turkey and its neighbours

By Ann Lee

8 June 2022

Turkey profits from the sanctions on Russia. "Flights: over # Turkey" doubled.

Ankara fears secondary sanctions of the United States, and the customs union weighs little.
Turkey drifts away from Russia.
"""


def judged(study):
    found = room("reading").compute(Asked(study, None, {}), study.rooms.reading, lambda *_: None)
    return found.findings["page-read"], found


@pytest.fixture(scope="module")
def study():
    return load_study("kazakhstan-2022")[0]


def test_the_page_of_the_flagship_study_is_read_but_two_powers(study):
    finding, chapter = judged(study)
    assert finding.verdict == "mixed"
    assert "As in the study: the title, the author, the day of publication." in finding.reason
    assert "14 of 14 claims" in finding.reason
    assert finding.reason.endswith("does not name: the United States, Germany.")
    assert set(finding.shows) == set(chapter.numbers)
    assert "S15" not in {c.id for c in study.claims if c.waits_for}


def test_its_verdict_can_be_any_of_the_three(study):
    named = study.model_copy(update={"powers": ("RUS", "CHN")})
    assert judged(named)[0].verdict == "supported"
    article = study.article.model_copy(update={"original_title": ""})  # then the English title is compared
    other = study.model_copy(update={"article": article})
    assert judged(other)[0].verdict == "contradicted"
    assert "Otherwise than in the study: the title." in judged(other)[0].reason
    moved = tuple(c.model_copy(update={"paragraph": 7}) if c.id != "S14" else c for c in study.claims)
    assert judged(study.model_copy(update={"claims": moved}))[0].verdict == "contradicted"


def test_its_rule_is_known_before_it_is_computed(study):
    question = asked_questions(study)["reading.page-read"]
    assert "decision 18" in question.rule
    assert "Дмитрий Михайличенко, 2022-06-08. Claims with their paragraphs: S1 1, S2 1," in question.rule
    assert "people who know the article" in question.grade


@pytest.fixture(scope="module")
def text():
    return draft_from_article(read_article(PAGE), JUNE, world="icio-2021")


def test_a_draft_holds_what_the_page_says(text):
    found = parse(StudyFile, text, "draft")
    assert (found.focal, found.powers) == ("TUR", ("RUS", "USA"))
    article = found.article
    assert (article.title, article.author) == ("Turkey and its neighbours", "Ann Lee")
    assert article.published.isoformat() == "2022-06-08"
    assert list(found.rooms.asked) == ["exposure", "evidence", "sky", "gain", "choice"]
    questions = {f for c in found.claims for f in c.findings}
    assert questions == {
        *("gain.main-beneficiary", "sky.more-flights", "choice.fears-and-aligns"),
        *("exposure.falls-RUS", "evidence.votes-apart"),
    }
    assert questions <= set(asked_questions(found))
    assert {c.paragraph for c in found.claims if c.findings} == {1, 2}
    assert doubts(found) == ()


def test_sentences_stand_beside_their_claims(text):
    sky = text.split("More flights cross")[1].split("findings:")[0]
    assert '# paragraph 1, sentence 2: "Flights: over # Turkey" doubled.' in sky
    last = text.split("id: X1")[1]
    assert "customs union weighs little. (TUR is not a member of the EAEU)" in last


def test_a_draft_runs(tmp_path, text):
    path = tmp_path / "draft.yaml"
    path.write_text(text.replace("# elasticities: [FGO, CP]", "elasticities: [FGO]"), encoding="utf-8")
    rooms = tuple(load_study(path)[0].rooms.asked)
    run = compute(path, without=tuple(r for r in rooms if r != "evidence"))
    verdicts = {e.claim.id: e.verdict.value for e in run.ledger}
    assert verdicts["C1"] in ("supported", "contradicted", "mixed", "not robust")
    (votes,) = (e for e in run.ledger if "evidence.votes-apart" in e.claim.findings)
    assert votes.verdict.value != "not yet computed"
    assert {s["outcome"] for s in run.manifest["solves"]} == {"converged"}


def test_every_question_can_be_drafted():
    """A page that speaks of everything, about the state of which everything is known."""
    from tertius.study.scaffold import draft_study
    from tertius.study.scaffold_claims import ArticleNotes

    bare = [q.replace("-{code}", "") for q in QUESTIONS]
    notes = ArticleNotes("T", "", {q: (f"said {q}",) for q in bare}, dict.fromkeys(bare, 3))
    from datetime import date

    words = draft_study("KAZ", ["RUS"], JUNE, published=date(2022, 6, 8), article=notes)
    found = parse(StudyFile, words, "draft")
    assert {f for c in found.claims for f in c.findings} == {q.format(code="RUS") for q in QUESTIONS}
    assert set(USUAL) == set(found.rooms.asked)
    assert all(f"# said {q}" in words for q in bare)
    assert found.article.author == "not found on the page"
    assert {c.paragraph for c in found.claims if c.findings} == {3}


@pytest.mark.parametrize(
    ("page", "more", "words"),
    [
        (
            "Nobody is here\n\n8 June 2022\n\nSanctions rise.",
            {},
            "names no country; name the focal state with --focal",
        ),
        (
            "Armenia\n\n8 June 2022\n\nArmenia trades with the EU.",
            {},
            "no power beside ARM (but European Union",
        ),
        (PAGE, {"scenarios": ()}, "name a scenario with --scenario"),
        (PAGE.replace("8 June 2022", ""), {}, "day of publication: not found; give it with --published"),
        (PAGE.replace("June 2022", "June"), {}, "incomplete: 8 June has no year; give it with --published"),
        (
            PAGE.replace("Turkey", "Serbia").replace("Ankara", "It"),
            {},
            "most of Serbia (SRB), which eurasia-2021",
        ),
        (PAGE, {"focal": "TRU"}, "read: --focal: 'TRU' is not a known country"),
        (PAGE, {"rooms": ["union"]}, "--room union: TUR is not a member of the EAEU"),
        (PAGE, {"rooms": ["sly"]}, "did you mean sky"),
    ],
)
def test_what_is_missing_is_said_with_its_option(page, more, words):
    scenarios = more.pop("scenarios", JUNE)
    with pytest.raises(BadInput) as caught:
        draft_from_article(read_article(page), scenarios, **more)
    assert words in str(caught.value)

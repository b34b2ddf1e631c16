# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The report in Russian: no string is missing, plurals and marks are right, the numbers are the same."""

import json
import re
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from string import Formatter

import pytest
from typer.testing import CliRunner

import tertius as tt
from tertius.cli.app import app
from tertius.errors import BadInput
from tertius.labels import group_names, place_name, region_name
from tertius.report.compose import compose
from tertius.report.language import language, speaking
from tertius.report.numbers import number
from tertius.report.render import render
from tertius.study import compute, list_studies, load_study, study_texts
from tertius.study.texts import texts_of, translations
from tertius.text import count, figure, has_words

ROOT = Path(__file__).parents[2]
if str(ROOT / "scripts") not in sys.path:
    sys.path.insert(0, str(ROOT / "scripts"))
import renew_catalogues as catalogues  # noqa: E402

X = "{http://www.w3.org/1999/xhtml}"
ENGLISH = {"tertius", "run", "mine", "yaml", "lang", "ru", "mobile", "factor", "ex"}
"""Latin words that stay: the command, the name of a market of the solver, a mark of customs codes."""
WORD = re.compile(r"(?<![\w@:./-])[A-Za-z]?[a-z]{2,}(?![\w@./:-])")
QUOTED = {"act", "assumed", "code", "remark", "source"}
"""Classes of what is quoted in English: acts, notes on measures, codes, records of data, papers."""
ROOMS = """rooms:
  levers: {powers: [RUS], runs: [long], only: [embargo, food-ban, input-ban]}
  exposure: {powers: [RUS, CHN], peers: [BLR, UKR], years: [2020, 2021], worlds: icio}
quantities:
"""


def places(text):
    """Places of a template, numbers with how they are written; grammatical cases do not count."""
    found = [(name, form) for _, name, form, _ in Formatter().parse(text) if name is not None]
    return sorted((name, "" if form.isalpha() and len(form) > 1 else form) for name, form in found)


# --- catalogue ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def said():
    return catalogues.messages()


def test_no_string_is_missing(said):
    held = language("ru").messages
    assert not [m for m in said if has_words(m[0]) and ("", m[0]) not in held]
    assert len(said) > 800


def test_translations_keep_places_and_have_all_forms(said):
    held = language("ru").messages
    for forms in said:
        told = held.get(("", forms[0]))
        if told is None:
            continue
        assert len(told) == (3 if len(forms) > 1 else 1), forms
        for words in told:
            assert places(words) == places(forms[0]), forms


def test_the_catalogue_holds_what_is_said_and_nothing_else(said):
    from babel.messages.pofile import read_po

    with (catalogues.CATALOGUES / "ru.po").open("rb") as file:
        old = read_po(file, locale="ru")
    new = catalogues.renewed(old)
    assert [m.id for m in new] == [m.id for m in old]
    assert [m.string for m in new if m.id] == [m.string for m in old if m.id]


def test_every_economy_of_a_shipped_world_has_a_genitive():
    held = language("ru").messages
    names = {region_name(c) for w in tt.list_worlds() for c in tt.load_world(w).countries}
    assert not sorted(n for n in names if ("genitive", n) not in held)
    assert ("genitive", place_name("coalition-2022")) in held
    assert language("ru").word("Georgia", "genitive") == "Грузии"
    assert all(language("ru").word(place_name(g)) == place_name(g, "ru") for g in group_names())


PLURALS = ((1, "страна"), (2, "страны"), (5, "стран"), (11, "стран"), (21, "страна"), (104, "страны"))


@pytest.mark.parametrize(("n", "words"), PLURALS)
def test_plurals(n, words):
    told = count(n, "{n} country with a value.", "{n} countries with a value.").in_(language("ru"))
    assert told == f"{n} {words} со значением."


def test_numbers_have_the_marks_of_the_language():
    with speaking(language("ru")):
        assert number(-12345.678, 1) == "−12\u202f345,7"
    assert number(-12345.678, 1) == "−12\u202f345.7"
    assert figure(1234.5, "+,.1f").in_(language("ru")) == "+1\u202f234,5"


# --- studies -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", list_studies())
def test_every_text_of_a_shipped_study_has_its_twin(name):
    own, told = texts_of(load_study(name)[0]), study_texts(name, "ru")
    assert not sorted(place for place, words in own.items() if words not in told)
    assert all(re.search("[а-я]", words) for words in told.values())
    assert not english(told.values())


def test_no_english_is_left_in_translations_and_names():
    held = language("ru").messages
    assert english(words for told in held.values() for words in told) == {"ex", "tertius", "transit"}
    codes = {c for w in tt.list_worlds() for c in tt.load_world(w).countries}
    for case in ("", "genitive"):
        assert not english(language("ru").word(place_name(c), case) for c in codes)


def english(texts):
    """English words of translations, but for places, markup and commands."""
    bare = [re.sub("<[^>]+>|`[^`]+`", " ", words) for words in texts]
    return {w for words in bare for part, *_ in Formatter().parse(words) for w in WORD.findall(part)}


def test_names_with_an_article_have_their_cases():
    assert language("ru").word("the United Arab Emirates") == "ОАЭ"
    assert language("ru").word("the United Arab Emirates", "genitive") == "ОАЭ"
    assert language("ru").word("the Netherlands", "genitive") == "Нидерландов"


def test_lines_do_not_break_before_a_dash_or_a_unit():
    told = language("ru", {"fees": "сборы — 5 % от {value} млн долл. 2022 года"}).word("fees")
    assert told == "сборы\u00a0— 5\u00a0% от {value}\u00a0млн долл. 2022\u00a0года"


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ({"titel": "А"}, "did you mean title"),
        ({"summary": "Без мест."}, "has other {places} than the study"),
        ({"cases": {"june": {"variant": "А"}, "june_exports": {"variant": "Б"}}}, "in two ways"),
        ({"cases": {"june": {"variant": 8}}}, "must be text"),
    ],
)
def test_texts_that_do_not_fit_the_study_are_refused(content, fault):
    study = load_study("kazakhstan-2022")[0]
    with pytest.raises(BadInput, match=re.escape(fault)):
        translations(study, content, "mine.ru.yaml")


def test_a_language_without_catalogue_is_refused(no_run):
    found = CliRunner().invoke(app, ["run", "kazakhstan-2022", "--lang", "de"], catch_exceptions=True)
    assert isinstance(found.exception, BadInput) or found.exit_code == 2
    assert "language" in str(found.exception) + found.output


@pytest.fixture
def no_run(monkeypatch):
    monkeypatch.setattr("tertius.report.run.compute", lambda *_: pytest.fail("computed for nothing"))


# --- reports -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    text = (ROOT / "tests" / "study" / "small.yaml").read_text(encoding="utf-8")
    path = tmp_path_factory.mktemp("languages") / "mine.yaml"
    path.write_text(text.replace("quantities:\n", ROOMS, 1), encoding="utf-8")
    return compute(path)


@pytest.fixture(scope="module")
def russian(run):
    """Russian with made-up translations of the study, which only keep its places."""
    own = texts_of(run.grid.study)
    fake = {p: " ".join(["перевод", *(f"{{{n}}}" for n, _ in places(w))]) for p, w in own.items()}
    return language("ru", {own[place]: words for place, words in fake.items()})


@pytest.fixture(scope="module")
def pages(run, russian):
    out = {}
    for told in (language("en"), russian):
        with speaking(told):
            out[told.code] = ET.fromstring(render(compose(run)))
    return out


def test_run_study_writes_the_report_in_russian_and_the_ledger_in_english(run, tmp_path, monkeypatch):
    study = tmp_path / "mine.yaml"
    study.write_text(Path(run.reference).read_text(encoding="utf-8"), encoding="utf-8")
    study.with_suffix(".ru.yaml").write_text("title: Малое исследование\n", encoding="utf-8")
    monkeypatch.setattr("tertius.report.run.compute", lambda *_: run)
    out = tt.run_study(study, tmp_path / "out", lang="ru").path
    html = (out / "report.html").read_text(encoding="utf-8")
    assert "Малое исследование" in html
    assert "Кто выиграл и кто потерял" in html
    ledger = json.loads((out / "ledger.json").read_text(encoding="utf-8"))
    assert ledger[0]["reading"] == str(run.ledger[0].reading)
    assert not re.search("[а-я]", json.dumps(ledger, ensure_ascii=False))


def test_both_reports_show_the_same_numbers_from_the_same_rows(pages):
    def numbers(tree):
        found = [(e.get("value"), e.get("data-id"), e.get("data-stat")) for e in tree.iter(X + "data")]
        marked = [(e.get("data-value"), e.get("data-id")) for e in tree.iter() if e.get("data-value")]
        return found, marked, [e.get("data-key") for e in tree.iter() if _is_number(e.get("data-key"))]

    one, other = numbers(pages["en"]), numbers(pages["ru"])
    assert len(one[0]) > 300
    assert one == other


def _is_number(key):
    return bool(key) and re.fullmatch(r"[-\d.e+]+", key) is not None


def test_both_reports_write_the_same_numbers(pages):
    for e, r in zip(pages["en"].iter(X + "data"), pages["ru"].iter(X + "data"), strict=True):
        assert (e.text or "").replace(".", ",") == r.text


def test_nothing_was_asked_for_and_not_found(pages, russian):
    assert pages
    assert russian.missing == set()


def test_no_english_is_left_in_the_russian_report(run, pages):
    assert pages["ru"].get("lang") == "ru"
    found = {word for text in _shown(pages["ru"]) for word in WORD.findall(text)}
    assert found - ENGLISH - set(run.grid.study.quantities) == set()


def _shown(element):
    """Texts that a reader sees or hears, but for what is quoted."""
    if set(element.get("class", "").split()) & QUOTED or element.tag.rpartition("}")[2] in SKIPPED:
        return
    if element.get("id") == "origins":
        return
    yield element.text or ""
    yield element.get("aria-label", "")
    yield element.get("data-label", "")
    for child in element:
        yield from _shown(child)
        yield child.tail or ""


SKIPPED = {"style", "script", "math", "code", "head"}

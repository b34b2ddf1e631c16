# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Pages in three formats: title, author, dates, paragraphs; what is not there is not found, never guessed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertius.errors import BadInput
from tertius.reading import read_article, read_file
from tertius.reading.dates import read_date
from tertius.reading.result import Fact
from tertius.reading.words import sentences

DAY = "2022-06-08"
HTML = """<!doctype html><html><head><title>Site | A title</title>
<meta property="og:title" content="A title &amp; more"><meta name="author" content="Ann Lee">
<meta property="article:published_time" content="2022-06-08T10:16:00+03:00">
<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": "A title & more",
"author": [{"@type": "Person", "name": "Ann Lee"}], "dateModified": "2022-06-09"}]}</script></head>
<body><nav><p>Menu of Peru</p></nav><article><h1>A title &amp; more</h1><p>Armenia fears
<b>secondary</b> sanctions.</p><script>var x = "Chile";</script><p>It trades with Russia.</p></article>
<footer><p>Bolivia</p></footer></body></html>"""
TEXT = """Posted 8 June 2022
Modified 1 February, 18:31

A title

By Ann Lee

Armenia fears secondary sanctions.

It trades.
"""
MARKDOWN = """---
title: A title
author: Ann Lee
date: 2022-06-08
---

# A title

Armenia fears **secondary** [sanctions](x).

## Part

It trades.
"""


@pytest.mark.parametrize(("text", "kind"), [(HTML, ".html"), (TEXT, ".txt"), (MARKDOWN, ".md")])
def test_three_formats_say_the_same(text, kind):
    for found in (read_article(text, kind), read_article(text)):  # the kind is seen from the text too
        page = found.page
        assert page.title.value.startswith("A title")
        assert (page.author.value, page.published.value) == ("Ann Lee", DAY)
        assert page.paragraphs[0] == "Armenia fears secondary sanctions."
        assert len(page.paragraphs) == 2
        assert found.actors[0].code == "ARM"
        assert not {"PER", "CHL", "BOL"} & {a.code for a in found.actors}


def test_markup_is_believed_in_order_and_contradictions_are_told():
    page = read_article(HTML).page
    assert page.title.note == "elsewhere on the page: Site | A title"
    assert (page.modified.value, page.author.note) == ("2022-06-09", "")
    none = read_article("<p>Armenia trades.</p>").page
    assert {none.title.note, none.author.note, none.published.note, none.modified.note} == {"not found"}


def test_an_incomplete_date_is_said_to_be_so():
    page = read_article(TEXT).page
    assert page.modified == Fact("", "incomplete: 1 February has no year")
    told = read_article("Изменено 1 февраля, 18:31\n\nЗаголовок\n\nАрмения торгует.").page
    assert told.modified == Fact("", "incomplete: 1 февраля has no year")
    assert told.published.note == "not found"


def test_author_before_the_title_counts_only_if_signed():
    signed = (
        "Иван Петров. Армения и Россия\n\n8 июня 2022, 10:16\n\nАрмения торгует.\n\nИван Петров, политолог"
    )
    page = read_article(signed).page
    assert (page.title.value, page.author.value, page.published.value) == (
        "Армения и Россия",
        "Иван Петров",
        DAY,
    )
    assert page.paragraphs == ("Армения торгует.",)
    bare = read_article("Иван Петров. Армения и Россия\n\nАрмения торгует.").page
    assert (bare.title.value, bare.author.note) == ("Иван Петров. Армения и Россия", "not found")


@pytest.mark.parametrize(
    ("head", "title", "author"),
    [
        ("Title here", "Title here", ""),
        ("Title: Here\nAuthor: A. Lee and B. Lee", "Here", "A. Lee and B. Lee"),
        ("By the way it goes", "By the way it goes", ""),
        ("Text Analysis Methods", "Text Analysis Methods", ""),
        ("A title\n\nBy Ann B. Lee", "A title", "Ann B. Lee"),
        ("Заголовок: Тут\nАвтор: Иван Петров", "Тут", "Иван Петров"),
        ("Will it hold?\nJune 8th, 2022", "Will it hold?", ""),
    ],
)
def test_words_of_a_head_are_labels_only_where_they_are_used_so(head, title, author):
    page = read_article(f"{head}\n\nArmenia trades with Russia.").page
    assert (page.title.value, page.author.value) == (title, author)


def test_a_last_line_with_a_place_and_a_day_is_no_signature():
    page = read_article("A title\n\nArmenia trades.\n\nNew York, 8 June 2022").page
    assert (page.author.note, len(page.paragraphs)) == ("not found", 2)


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_a_date_is_read_as_it_was_written(day):
    from babel.dates import format_date

    told = day.isoformat()
    assert read_date(f"Published: {told}T10:00").value == told
    for lang in ("en", "ru"):
        for style in ("long", "medium"):
            assert read_date(format_date(day, style, locale=lang), lang).value == told
    assert read_date(f"{day:%d.%m.%Y}", "ru").value == told
    stroke = read_date(f"{day:%d/%m/%Y}", "en")
    assert stroke.value == told or stroke.note.startswith("ambiguous")
    assert (stroke.value == told) == (day.day > 12 or day.day == day.month)


@pytest.mark.parametrize(
    ("text", "note"), [("31 June 2022", "no such day"), ("soon", "not found"), ("30.02.2022", "no such day")]
)
def test_what_is_no_date_is_none(text, note):
    found = read_date(text)
    assert found.value == ""
    assert found.note.startswith(note)


@given(st.text(max_size=400))
def test_any_text_is_read_or_refused(text):
    for kind in (".txt", ".md", ".html"):
        try:
            found = read_article(text, kind)
        except BadInput:
            continue
        assert found.language in ("en", "ru")
        assert all(1 <= s.paragraph <= len(found.page.paragraphs) for s in found.sentences)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "holds no paragraph"),
        ("<html><body></body></html>", "holds no paragraph"),
        ("Санкції проти Росії й Білорусі посилено, її економіка слабшає.", "neither English nor Russian"),
        (
            "Le gouvernement français a annoncé hier de nouvelles sanctions contre plusieurs entreprises; "
            * 4
            + "fin.",
            "neither English",
        ),
        ("12 34 56.", "neither English nor Russian"),
    ],
)
def test_what_cannot_be_read_is_refused(text, words):
    with pytest.raises(BadInput, match=words):
        read_article(text)


def test_files(tmp_path):
    path = tmp_path / "a.html"
    path.write_text(HTML, encoding="utf-8")
    assert read_file(path).page.published.value == DAY
    with pytest.raises(BadInput, match=r"ends in \.txt, \.md, \.html"):
        read_file(tmp_path / "a.pdf")
    with pytest.raises(BadInput, match="cannot be read"):
        read_file(tmp_path / "gone.txt")
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadInput, match="not UTF-8"):
        read_file(path)


def test_sentences_end_where_they_end():
    assert sentences("Mr. Orban met Dr. Li. They talked.", ["mr.", "dr."]) == [
        "Mr. Orban met Dr. Li.",
        "They talked.",
    ]
    assert sentences("И т. д. Рост на 5,5 % в 2022 г. продолжился. Всё.")[-1] == "Всё."


@pytest.mark.parametrize("mark", [", ", " | ", " — ", " · "])
def test_a_byline_may_end_with_its_date(mark):
    page = read_article(f"A title\n\nBy Ann Lee{mark}8 June 2022\n\nArmenia fears secondary sanctions.").page
    assert (page.title.value, page.author.value, page.published.value) == ("A title", "Ann Lee", DAY)


@pytest.mark.parametrize("kind", ["null", "5", '[{"a": 1}]', '["Thing", null]', '{"@id": "x"}'])
def test_types_that_are_no_words_are_passed_over(kind):
    meta = f'<script type="application/ld+json">{{"@type": {kind}, "headline": "No"}}</script>'
    page = f"<html><head>{meta}<title>Yes</title></head><body><p>Armenia fears sanctions.</p></body></html>"
    assert read_article(page, ".html").page.title.value == "Yes"


def test_a_graph_may_be_a_single_thing():
    meta = (
        '<script type="application/ld+json">{"@graph": {"@type": "NewsArticle", "headline": "One"}}</script>'
    )
    page = f"<html><head>{meta}<title>Other</title></head><body><p>Armenia fears sanctions.</p></body></html>"
    assert read_article(page, ".html").page.title.value == "One"


def test_a_kind_that_is_not_read_is_refused():
    with pytest.raises(BadInput, match="kind of article"):
        read_article("Armenia fears sanctions.", "html5")

# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Countries are found by their names in every case, and in no other word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertius.labels import country_name
from tertius.labels.groups import group_names
from tertius.reading.actors import _by_first, _names, actors_in
from tertius.reading.words import words
from tertius.world import list_worlds, load_world

CODES = sorted({c for name in list_worlds() for c in load_world(name).countries if len(c) == 3} - {"ROW"})


def named(text):
    return actors_in(words(text))


def test_there_are_as_many_countries_as_in_the_largest_base_years():
    assert len(CODES) >= 81


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize("code", CODES)
def test_every_country_is_found_by_its_name(code, lang):
    name = country_name(code, lang)
    assert named(f"{name}.") == [code]
    assert named(f"({name}) — x, «{name}»") == [code, code]


@pytest.mark.parametrize(
    ("code", "forms"),
    [
        (
            "KAZ",
            "Казахстан Казахстана Казахстану Казахстаном Казахстане казахстанские казахских Kazakhstan's",
        ),
        (
            "RUS",
            "Россия России Россию Россией российский российскими русского РФ Москвой Кремле Russians Russian",
        ),
        ("CHN", "Китай Китая Китаю Китаем Китае китайских КНР Пекином Chinese China's"),
        ("BLR", "Беларусь Беларуси Беларусью Белоруссию Белоруссией белорусского Belarusian"),
        ("TUR", "Турция Турции Турцией турецкими Анкаре Türkiye Turkey Turkish"),
        ("DEU", "Германия Германией немецкой ФРГ Germany's Germans"),
        ("UZB", "Узбекистан Узбекистаном узбекских Ташкенту Uzbekistan"),
        ("KGZ", "Кыргызстан Кыргызстане Киргизия Киргизией киргизская Бишкеке Kyrgyz"),
        ("EGY", "Египет Египта Египту Египтом Египте египетских Egyptians"),
        ("ISR", "Израиль Израиля Израилю Израилем израильских Israeli"),
        ("PHL", "Филиппины Филиппин Филиппинами филиппинский Philippines"),
        ("UKR", "Украина Украины Украину Украиной украинскому Ukrainian"),
    ],
)
def test_main_countries_are_found_in_every_case(code, forms):
    assert named(" , ".join(forms.split())) == [code] * len(forms.split())


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("в Соединённых Штатах Америки и в США", ["USA", "USA"]),
        ("Саудовской Аравией, Южной Кореей, Новую Зеландию", ["SAU", "KOR", "NZL"]),
        ("Объединёнными Арабскими Эмиратами", ["ARE"]),
        ("Коста-Рику и Шри-Ланкой", ["CRI", "LKA"]),
        ("the United Kingdom, the U.K. and Britain", ["GBR", "GBR", "GBR"]),
        ("the US told us that U.S. firms", ["USA", "USA"]),
        ("Republic of Korea, North Korea, South Korea's", ["KOR", "PRK", "KOR"]),
        ("Sudan and South Sudan", ["SDN", "SSD"]),
    ],
)
def test_names_of_several_words(text, codes):
    assert named(text) == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Georgia and Armenia signed.", ["GEO", "ARM"]),
        ("Voters in Georgia went to Atlanta.", []),
        ("The governor of Georgia spoke.", []),
        ("Niger and Nigeria, Нигер и Нигерия", ["NER", "NGA", "NER", "NGA"]),
        ("the Niger River and the Niger Delta", []),
        ("Гвинею, Экваториальную Гвинею, Гвинею-Бисау, Новую Гвинею", ["GIN", "GNQ", "GNB"]),
        ("Папуа — Новая Гвинея", ["PNG"]),
        ("a guinea pig; Guinea pigs", []),
        ("New Mexico, the Gulf of Mexico and Mexico", ["MEX"]),
        ("the South China Sea and China", ["CHN"]),
        ("Latin American and American", ["USA"]),
        ("DR Congo and Congo", ["COD", "COG"]),
        ("Дана оценка. Дании дана", ["DNK"]),
        ("Того же мнения Чехия", ["CZE"]),
        ("перу, чили, turkey, china, jordan, того, дания", []),
        ("Michael Jordan in Jordan", ["JOR"]),
    ],
)
def test_names_that_mean_two_things(text, codes):
    assert named(text) == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("US-China trade, Sino-Russian ties, pro-Western", ["USA", "CHN", "RUS", "coalition-2022"]),
        ("российско-казахстанский договор", ["RUS", "KAZ"]),
        ("россияне, россиян, китайцев, турку, армянина", ["RUS", "RUS", "CHN", "TUR", "ARM"]),
        ("Касым-Жомарту, Нур-Султане, low-us-chile", ["KAZ"]),
    ],
)
def test_compounds_and_peoples(text, codes):
    assert named(text) == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("ЕАЭС, Евразийского экономического союза, the EAEU", ["EAEU"] * 3),
        ("ЕС, Евросоюзом, the European Union, the EU", ["EU"] * 4),
        ("Запад, Западом, западные вузы, Western aid, the West", ["coalition-2022"] * 5),
        ("на запад, west of, West Africa, Западной Африке, Западный Казахстан", []),
        ("СНГ, ОДКБ, БРИКС, G7, Центральной Азии", ["CIS", "CSTO", "BRICS", "G7", "central-asia"]),
    ],
)
def test_groups(text, codes):
    assert named(text) == codes


WORD = st.text("абвгдежзиклмнопрстуфхцчшщыьэюяabcdefghijklmnopqrstuvwxyz", min_size=1, max_size=6)


@given(st.sampled_from(CODES), st.sampled_from(["en", "ru"]), WORD, st.booleans())
def test_no_name_is_found_inside_another_word(code, lang, more, before):
    """Letters put to a name make another word; it names the country only if that is a form of its own."""
    name = country_name(code, lang).split()[-1].replace("-", "")
    glued = f"{more}{name.casefold()}" if before else f"{name}{more}"
    known = set(_by_first())
    (word,) = words(glued)
    if word.lower not in known:
        assert named(glued) == []


@given(
    st.lists(
        st.sampled_from(
            ["казахст", "рос", "кит", "лат", "пол", "guin", "ni", "ger", "us", "uk", "in", "dia"]
        ),
        max_size=6,
    )
)
def test_pieces_of_names_are_no_names(pieces):
    assert named(" ".join(pieces)) == []


def test_the_file_of_names_holds_what_it_says():
    held = _names()
    assert set(held.groups) <= set(group_names())
    assert set(held.powers) <= set(CODES)
    assert set(held.countries) >= set(CODES)
    for code, names in [*held.countries.items(), *held.peoples.items()]:
        for name in names:
            assert code in named(name), (code, name)

"""Instrument mentions in running text: spans, provisions and links, as the guidelines have them."""

import time
from itertools import pairwise

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from pipeline.entities import instruments
from pipeline.types import Mention

NLP = {lang: spacy.blank(lang) for lang in ("nl", "en", "sv")}


def doc(lang: str, *sentences: str) -> Doc:
    """A Doc of which each argument is one sentence."""
    made = NLP[lang](" ".join(sentences))
    starts, position = set(), 0
    for sentence in sentences:
        starts.add(position)
        position += len(sentence) + 1
    for token in made:
        token.is_sent_start = token.idx in starts
    return made


def mentions(lang: str, *sentences: str) -> list[tuple[str, Mention]]:
    made = doc(lang, *sentences)
    return [(made.text[m.start : m.end], m) for m in instruments.find(made)]


def spans(lang: str, *sentences: str) -> list[str]:
    return [text for text, _ in mentions(lang, *sentences)]


def ids(lang: str, *sentences: str) -> list[str]:
    return [
        m.entity.entity_id.removeprefix("instrument:")
        for _, m in mentions(lang, *sentences)
        if m.entity
    ]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        (
            "nl",
            "op grond van artikel 7, lid 1, van het Verdrag betreffende de Europese Unie (VEU);",
            "artikel 7, lid 1, van het Verdrag betreffende de Europese Unie (VEU)",
        ),
        (
            "en",
            "proceedings under Article 7(1) of the Treaty on European Union (TEU)",
            "Article 7(1) of the Treaty on European Union (TEU)",
        ),
        (
            "sv",
            "på grund av artiklarna 460.1 och 460.2 i lagen om administrativa överträdelser",
            "artiklarna 460.1 och 460.2 i lagen om administrativa överträdelser",
        ),
        (
            "nl",
            "De Raad bevestigt zijn conclusies over Belarus van 12 oktober 2020, waarin",
            "conclusies over Belarus van 12 oktober 2020",
        ),
        (
            "nl",
            "het door hem ondertekende decreet van 4 september 2023, waarbij",
            "decreet van 4 september 2023",
        ),
        (
            "sv",
            "riskerar straff enligt artikel 405 i Kazakstans strafflag och",
            "artikel 405 i Kazakstans strafflag",
        ),
        ("sv", "ändringar av den nya hälsolagen i juni", "hälsolagen"),
        ("sv", "Fackföreningslagen ändrades 2020", "Fackföreningslagen"),
        (
            "sv",
            "det nya lagförslaget om välgörenhetsorganisationer, som",
            "lagförslaget om välgörenhetsorganisationer",
        ),
        ("sv", "FN:s konvention mot tortyr.", "FN:s konvention mot tortyr"),
        (
            "en",
            "negotiations on the New Pact on Migration and Asylum, EU",
            "New Pact on Migration and Asylum",
        ),
        (
            "nl",
            "De visumversoepelingsovereenkomst tussen de EU en Belarus blijft gelden",
            "visumversoepelingsovereenkomst tussen de EU en Belarus",
        ),
        ("sv", "Barnkonventionens artikel 3 gäller", "Barnkonventionens artikel 3"),
        ("sv", "1942 års hyresregleringslag", "1942 års hyresregleringslag"),
        ("en", "the Criminal Code of Belarus", "Criminal Code of Belarus"),
        (
            "en",
            "the Statute of the Special Tribunal for Lebanon was",
            "Statute of the Special Tribunal for Lebanon",
        ),
        ("nl", "de onderwijswet van 1876 en", "onderwijswet van 1876"),
        ("en", "the U.S. Internal Revenue Code", "U.S. Internal Revenue Code"),
    ],
)
def test_span_runs_from_the_provision_to_the_end_of_the_title(lang, text, expected) -> None:
    assert spans(lang, text) == [expected]


def test_full_title_of_a_numbered_act_belongs_to_it() -> None:
    title = (
        "Verordening (EU) 2016/679 van het Europees Parlement en de Raad van 27 april 2016 "
        "betreffende de bescherming van natuurlijke personen in verband met de verwerking van "
        "persoonsgegevens en betreffende het vrije verkeer van die gegevens en tot intrekking van "
        "Richtlijn 95/46/EG"
    )
    named = f"{title} (algemene verordening gegevensbescherming)"
    assert spans("nl", f"– gezien {named},") == [named]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The Act must ban the use of AI technologies."),
        ("en", "its obligations under this Charter to the extent strictly required"),
        ("en", "according to the national laws governing the exercise of this right"),
        ("en", "protection of the law against such interference"),
        ("nl", "verplichtingen uit hoofde van dit Protocol met betrekking tot enig handelen"),
        ("nl", "Deze conclusies moeten een strategische visie uitdragen"),
        ("nl", "het besluit om te stoppen en de wet"),
        ("nl", "de handelsakkoorden hebben een grote impact"),
        ("sv", "I avtalet läggs stor vikt vid demokrati. Förslagen behandlades i bolagen."),
        ("sv", "en avtal mellan hyresvärd och hyresgäst"),
        ("en", "the European Ports Alliance and the Pegasus Project"),
        ("en", "see https://www.amnesty.eu/news/the-ai-act-must-protect/"),
        ("en", "the CEDAW Committee"),
        ("en", "the UNFCCC’s secretariat"),
        ("nl", "de mededeling van Amnesty van 4 mei"),
        ("sv", "Amnestys meddelande av den 4 maj"),
        ("en", "a communication of Amnesty of 4 May"),
        ("en", "The Council adopted on 18 May 2015 conclusions."),
        ("sv", "UNFCCC:s sekretariat välkomnade detta"),
        ("nl", "het UNFCCC-secretariaat"),
        ("en", "crimes of Maduro's brutal regime and of Lukashenko’s regime"),
        ("sv", "under Maduros olagliga ordningen"),
        ("en", "in line with the decisions of March 2014"),
        ("nl", "volgens de besluiten van maart 2014"),
        ("sv", "i enlighet med besluten från mars 2014"),
    ],
)
def test_anaphora_generic_nouns_and_bodies_are_not_instruments(lang: str, text: str) -> None:
    assert spans(lang, text) == []


def test_dates_under_one_plural_head_are_a_mention_each() -> None:
    text = (
        "resolutionerna av den 18 april 2013(2), den 15 mars 2012(3) och den 17 september 2009(4),"
    )
    assert spans("sv", text) == [
        "resolutionerna av den 18 april 2013",
        "15 mars 2012",
        "17 september 2009",
    ]


def test_two_titles_joined_by_and_are_two_mentions() -> None:
    assert ids("en", "It recalls the ICCPR and the ICESCR.") == ["unts:999-14668", "unts:993-14531"]
    assert spans("sv", "Lagen om fredliga sammankomster och ändringarna av lagarna om partier") == [
        "Lagen om fredliga sammankomster",
        "lagarna om partier",
    ]


def test_acronym_defined_after_a_title_is_recognised_later() -> None:
    found = mentions(
        "en",
        "Having regard to the Treaty on the Prohibition of Sports Fraud (TPSF).",
        "The TPSF entered into force.",
    )
    assert [text for text, _ in found] == [
        "Treaty on the Prohibition of Sports Fraud (TPSF)",
        "TPSF",
    ]
    assert found[0][1].entity == found[1][1].entity


def test_provision_links_to_its_parent_and_is_kept_in_neutral_form() -> None:
    ((_, mention),) = mentions("nl", "in strijd met artikel 6 EVRM")
    assert mention.provision == "art. 6"
    assert mention.entity is not None and mention.entity.entity_id == "instrument:cets:005"


def test_footnote_in_the_official_journal_denotes_what_carries_its_mark() -> None:
    found = ids(
        "sv",
        "resolution av den 14 mars 2019 om situationen i Kazakstan(1) och annat",
        "(1) EUT C 23, 21.1.2021, s. 83.",
    )
    assert len(found) == 2
    assert found[0] == found[1]


def test_a_raised_footnote_gives_a_resolution_the_number_of_the_adopted_text() -> None:
    found = ids(
        "en",
        "The European Parliament recalls its resolution of 25 April 2024 on civil society¹,",
        "¹ Texts adopted, P9_TA(2024)0381.",
    )
    assert found == ["ep:P9_TA(2024)0381"] * 2


def test_numbers_on_a_page_of_the_parliament_denote_the_adopted_text() -> None:
    found = ids(
        "sv",
        "2021/2544(RSP)",
        "P9_TA(2021)0056",
        "Europaparlamentets resolution av den 11 februari 2021 om Kazakstan (2021/2544(RSP))",
    )
    assert found == ["ep:P9_TA(2021)0056"] * 4


def test_national_law_is_that_of_the_country_that_the_text_names() -> None:
    assert ids("sv", "artikel 405 i Kazakstans strafflag") == ["slug:criminal-code-of-kazakhstan"]
    assert ids("nl", "het strafwetboek van Kazachstan") == ["slug:criminal-code-of-kazakhstan"]
    about = ("Kazakstan antog lagen.", "Kazakstan vägrade.", "I Kazakstan ändrades vallagen.")
    assert ids("sv", *about) == ["slug:law-on-elections-of-kazakhstan"]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("nl", "het Verdrag van Wenen van 18 april 1961 inzake diplomatiek verkeer"),
        ("en", "the Vienna Convention on Diplomatic Relations of 18 April 1961"),
    ],
)
def test_date_inside_a_title_does_not_hide_the_listed_treaty(lang: str, text: str) -> None:
    assert ids(lang, text) == ["unts:500-7310"]


def test_later_short_form_of_an_agreement_denotes_the_same() -> None:
    found = ids(
        "sv",
        "det fördjupade partnerskaps- och samarbetsavtalet mellan Europeiska unionen och dess "
        "medlemsstater, å ena sidan, och Republiken Kazakstan, å andra sidan, som undertecknades",
        "Ett utvidgat partnerskaps- och samarbetsavtal.",
    )
    assert found == ["celex:22016A0204(01)"] * 2


_PIECES = st.sampled_from(
    [
        "verdrag ", "Verdrag ", "inzake ", "van ", "de ", "wet ", "artikel 7 ", "lid 1, ", "(", ")",
        "12 mei 2020", ", ", " en ", "Raad ", "conclusies ", "tussen ", "EU ", "2016/679", "EVRM ",
        "asiel- ", "migratiepact ", "PB L 119", ".", "Verordening (EU) ", "resoluties ", "’s ", "–",
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(_PIECES, min_size=1, max_size=80).map("".join))
def test_any_sequence_of_pieces_gives_ordered_mentions_that_do_not_overlap(text: str) -> None:
    text = " ".join(text.split()) or "."
    found = list(instruments.find(doc("nl", text)))
    assert all(0 <= m.start < m.end <= len(text) for m in found)
    assert all(first.end <= second.start for first, second in pairwise(found))


def test_time_grows_with_the_text_not_faster() -> None:
    sentence = (
        "het verdrag inzake de wet van de Raad over de artikelen 1, 2 en 3 van de conclusies " * 40
    )
    list(instruments.find(doc("nl", "Verdrag")))
    start = time.perf_counter()
    list(instruments.find(doc("nl", sentence)))
    once = time.perf_counter() - start
    start = time.perf_counter()
    list(instruments.find(doc("nl", *[sentence] * 4)))
    assert time.perf_counter() - start < 20 * once + 0.5


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        (
            "en",
            "It adopted Decision (CFSP) 2024/385 on 19 January 2024.",
            ["Decision (CFSP) 2024/385"],
        ),
        (
            "en",
            "It recalls the European Council conclusions of 14 and 15 December 2023.",
            ["European Council conclusions of 14 and 15 December 2023"],
        ),
        (
            "nl",
            "gezien Besluit 2011/235/GBVB van de Raad van 12 april 2011 betreffende Iran,",
            ["Besluit 2011/235/GBVB van de Raad van 12 april 2011 betreffende Iran"],
        ),
        (
            "en",
            "its resolutions, in particular that of 8 July 2021 on Iran(1), of 21 January 2021"
            " on the laws they broke(2) and of 18 July 2019 on Iran(3),",
            [
                "8 July 2021 on Iran",
                "21 January 2021 on the laws",
                "18 July 2019 on Iran",
            ],
        ),
    ],
)
def test_dates_of_acts_and_resolutions_end_or_continue_a_title(lang, text, expected) -> None:
    assert spans(lang, text) == expected


def test_community_in_brackets_is_no_acronym() -> None:
    text = "direktiv 2018/2001/EU om energi och om förordning (EU) 2021/1119. EU och Sverige."
    assert "EU" not in spans("sv", *text.split(". "))


def test_conclusions_and_resolutions_by_date_denote_the_same_in_every_language() -> None:
    dutch = ids(
        "nl", "de conclusies van de Raad van 25 januari 2021 over klimaat- en energiediplomatie"
    )
    swedish = ids("sv", "rådets slutsatser om klimat- och energidiplomati av den 25 januari 2021")
    assert dutch == swedish == ["slug:council-conclusions-on-climate-and-energy-diplomacy"]


def test_dated_communication_takes_the_number_in_brackets() -> None:
    text = "the communication of 12 March 2019 entitled 'A strategic outlook' (JOIN(2019)0005)"
    assert ids("en", text) == ["celex:52019JC0005"] * 2


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        (
            "sv",
            "– med beaktande av sin resolution av den 3 maj 2018 om Laos[1], av den 4 juni 2019 om "
            "läget för pressen i Laos[2] och av den 5 juli 2021 om fallet Anna Berg[3],",
            [
                "resolution av den 3 maj 2018 om Laos",
                "4 juni 2019 om läget för pressen i Laos",
                "5 juli 2021 om fallet Anna Berg",
            ],
        ),
        (
            "sv",
            "– med beaktande av sina tidigare resolutioner om Laos, särskilt av den 3 maj 2018(1), "
            "4 juni 2019(2) och 5 juli 2021(3),",
            ["3 maj 2018", "4 juni 2019", "5 juli 2021"],
        ),
        (
            "nl",
            "– gezien zijn resoluties over Laos, met name die van 3 mei 2018 over de pers[1], in "
            "het bijzonder kranten, van 4 juni 2019 over Laos[2], en die van 5 juli 2021[3],",
            ["3 mei 2018 over de pers", "4 juni 2019 over Laos", "5 juli 2021"],
        ),
        (
            "en",
            "– having regard to its resolutions on Laos, in particular the resolutions of 3 May "
            "2018 on the press¹ and of 4 June 2019 on trade²,",
            ["resolutions of 3 May 2018 on the press", "4 June 2019 on trade"],
        ),
    ],
)
def test_further_dates_of_a_list_of_resolutions_are_mentions_over_any_footnote_mark(
    lang, text, expected
) -> None:
    assert spans(lang, text) == expected


def test_date_after_another_noun_is_no_further_resolution() -> None:
    text = (
        "– med beaktande av sin resolution av den 3 maj 2018 om Laos, och talet av den 4 juni 2019,"
    )
    assert spans("sv", text) == ["resolution av den 3 maj 2018 om Laos"]


def test_procedure_number_closes_the_title_of_a_resolution() -> None:
    text = (
        "Motion for a resolution of 3 May 2018 on Laos, arrest of writers from the north and "
        "further new limits (2018/2345(RSP))"
    )
    assert spans("en", text) == [
        "resolution of 3 May 2018 on Laos, arrest of writers from the north and further new limits",
        "2018/2345(RSP)",
    ]


def test_raised_figure_behind_a_number_is_no_part_of_it() -> None:
    text = "Verordening (EU) nr. 359/2011 van de Raad van 12 april 2011¹ en Besluit 2011/235/GBVB²"
    assert spans("nl", text) == [
        "Verordening (EU) nr. 359/2011 van de Raad van 12 april 2011",
        "Besluit 2011/235/GBVB",
    ]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        (
            "nl",
            "– gezien de conclusies van de Raad (Milieu) van 12 mei 2014 en 3 juni 2015,",
            ["conclusies van de Raad (Milieu) van 12 mei 2014", "3 juni 2015"],
        ),
        (
            "sv",
            "– med beaktande av slutsatserna från rådet (allmänna frågor) av den 2 maj 2014 och "
            "den 3 juni 2015,",
            ["slutsatserna från rådet (allmänna frågor) av den 2 maj 2014", "3 juni 2015"],
        ),
        (
            "en",
            "– having regard to the Council (Environment) conclusions of 2 May 2014,",
            ["Council (Environment) conclusions of 2 May 2014"],
        ),
        (
            "sv",
            "– med beaktande av kommissionens beslut av den 3 maj 2018 om 2018 års budget,",
            ["kommissionens beslut av den 3 maj 2018 om 2018 års budget"],
        ),
        (
            "en",
            "– having regard to the Joint Declaration “Towards a common sea” of 4 June 2016,",
            ["Joint Declaration “Towards a common sea” of 4 June 2016"],
        ),
        (
            "en",
            "– having regard to UN Security Council resolutions 2231 of 20 July 2015 and 2268 of "
            "26 February 2016,",
            [
                "UN Security Council resolutions 2231 of 20 July 2015",
                "2268 of 26 February 2016",
            ],
        ),
        (
            "en",
            "– having regard to Rule 135 of its Rules of procedure,",
            ["Rule 135 of its Rules of procedure"],
        ),
        ("sv", "FÖRSLAG TILL RESOLUTION om läget för pressen i Laos", []),
    ],
)
def test_dates_and_brackets_inside_titles_of_resolutions(lang, text, expected) -> None:
    assert spans(lang, text) == expected


def test_provision_before_an_acronym_that_the_text_defines_is_read() -> None:
    found = mentions(
        "nl",
        "gezien de Overeenkomst inzake politieke dialoog en handel tussen de EU en Laos (OPDH);",
        "merkt op dat op grond van artikel 7, lid 3, onder b), van de OPDH steun mogelijk is",
    )
    text, mention = found[-1]
    assert (text, mention.provision) == (
        "artikel 7, lid 3, onder b), van de OPDH",
        "art. 7(3)(b)",
    )


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        (
            "nl",
            "– gezien zijn resoluties over Laos, met name die van 3 mei 2018(1) over de pers, "
            "van 4 juni 2019(2) over handel, en van 5 juli 2021(3),",
            ["3 mei 2018", "4 juni 2019", "5 juli 2021"],
        ),
        (
            "en",
            "The Council recalls its conclusions of 3 May 2018, 4 June 2019¹ and 5 July 2021.",
            ["conclusions of 3 May 2018", "4 June 2019", "5 July 2021"],
        ),
        ("nl", "(5) Persmededeling van de Raad van 3 mei 2018.", []),
    ],
)
def test_subject_may_stand_behind_the_footnote_mark_and_marks_hide_no_date(
    lang, text, expected
) -> None:
    assert spans(lang, text) == expected


def test_a_line_that_is_a_title_is_marked_to_its_end_and_a_sentence_is_not() -> None:
    title = (
        "Resolutie van het Europees Parlement over de pers in Laos, schending van rechten en handel"
    )
    assert spans("nl", title) == [title]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        (
            "en",
            "noting the resolution of the OPCW Executive Council of 9 April on Syria",
            ["resolution of the OPCW Executive Council of 9 April on Syria"],
        ),
        (
            "nl",
            "de resolutie van de Raad van Bestuur van de IAO van 9 april",
            ["resolutie van de Raad van Bestuur van de IAO van 9 april"],
        ),
        (
            "sv",
            "rådet noterar WHO-styrelsens resolution av den 9 april",
            ["WHO-styrelsens resolution av den 9 april"],
        ),
        (
            "en",
            "noting the ICAO Council’s resolution of 9 April and the resolution of 12 May",
            ["ICAO Council’s resolution of 9 April"],
        ),
        (
            "en",
            "recalling the 18 May 2015 Conclusions on Mali",
            ["18 May 2015 Conclusions on Mali"],
        ),
        (
            "sv",
            "rådet antog den 18 maj 2015 slutsatser om Mali",
            ["slutsatser om Mali"],
        ),
        (
            "en",
            "its resolution of 12 March 2015 on Georgia, and of 4 October 2018 on Moldova",
            ["resolution of 12 March 2015 on Georgia", "4 October 2018 on Moldova"],
        ),
        (
            "nl",
            "zijn resolutie van 12 maart 2015 over Georgië en van 4 oktober 2018 over Moldavië",
            ["resolutie van 12 maart 2015 over Georgië", "4 oktober 2018 over Moldavië"],
        ),
        (
            "sv",
            "sin resolution av den 12 mars 2015 om Georgien och av den 4 oktober 2018 om Mali",
            ["resolution av den 12 mars 2015 om Georgien", "4 oktober 2018 om Mali"],
        ),
        (
            "en",
            "its resolution of 12 March 2015 on Georgia and of 4 October 2018",
            ["resolution of 12 March 2015 on Georgia"],
        ),
    ],
)
def test_resolutions_are_named_by_body_day_and_subject(lang, text, expected) -> None:
    assert spans(lang, text) == expected


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "under Decrees Nos. 412, 415 and 420", ["Decrees Nos. 412", "415", "420"]),
        ("nl", "volgens de besluiten nrs. 412 en 415", ["besluiten nrs. 412", "415"]),
        ("sv", "enligt dekreten nr 412 och 415", ["dekreten nr 412", "415"]),
        ("nl", "volgens besluit nr. 412 en 415 klachten", ["besluit nr. 412"]),
    ],
)
def test_each_number_under_a_plural_of_laws_is_a_mention(lang, text, expected) -> None:
    assert spans(lang, text) == expected


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        (
            "en",
            "The EU Guidelines to Protect and Promote the Rights of Children",
            "EU Guidelines to Protect and Promote the Rights of Children",
        ),
        (
            "en",
            "the EU Guidelines on restrictive measures (sanctions) in the framework of the CFSP",
            "EU Guidelines on restrictive measures (sanctions) in the framework of the CFSP",
        ),
        (
            "nl",
            "de EU-richtsnoeren inzake maatregelen (sancties) in het kader van het GBVB",
            "EU-richtsnoeren inzake maatregelen (sancties) in het kader van het GBVB",
        ),
        (
            "sv",
            "EU:s riktlinjer om åtgärder (sanktioner) inom ramen för Gusp",
            "EU:s riktlinjer om åtgärder (sanktioner) inom ramen för Gusp",
        ),
        (
            "en",
            "the EU Guidelines on restrictive measures (sanctions).",
            "EU Guidelines on restrictive measures",
        ),
    ],
)
def test_infinitive_opens_a_title_and_a_gloss_does_not_end_it(lang, text, expected) -> None:
    assert spans(lang, text) == [expected]


def test_an_acronym_in_a_subject_stands_for_the_words_that_introduce_it() -> None:
    text = (
        "It supports Human Rights Defenders (HRDs) by Foreign Affairs Council Conclusions on HRDs."
    )
    assert ids("en", text) == ["slug:foreign-affairs-council-conclusions-on-human-rights-defenders"]


def test_a_shared_short_name_means_the_one_that_the_text_cites_otherwise() -> None:
    name, number = "the Reception Conditions Directive applies", "as does Directive (EU) 2024/1346"
    assert ids("en", name) == ["celex:32013L0033"]
    assert ids("en", name, number) == ["celex:32024L1346"] * 2
    both = ids("en", name, number, "and Directive 2013/33/EU")
    assert both == ["celex:32013L0033", "celex:32024L1346", "celex:32013L0033"]


def test_the_geneva_convention_on_refugees_is_not_the_geneva_conventions() -> None:
    found = ids(
        "sv",
        "Genèvekonventionen skyddar flyktingar",
        "Flyktingkonventionen gäller",
        "Genèvekonventionerna gäller i krig",
    )
    assert found == ["unts:189-2545"] * 2 + ["slug:geneva-conventions-of-12-august-1949"]

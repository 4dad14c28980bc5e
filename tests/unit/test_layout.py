"""Layout blocks: kinds, joins, cleaned text and the way back to the source."""

from __future__ import annotations

import html
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import layout
from pipeline.layout.clean import INVISIBLE
from pipeline.types import BLOCK_KINDS, Block, Document


def blocks(text: str, lang: str = "nl", kind: str = "other") -> list[Block]:
    return layout.segment(Document("d", text, lang, kind))


def shapes(text: str, lang: str = "nl") -> list[tuple[str, str]]:
    return [(block.kind, block.content.text) for block in blocks(text, lang)]


def asides(block: Block) -> list[str]:
    return [block.content.text[start:end] for start, end in block.asides]


BODY = (
    "De Raad bevestigt zijn conclusies en onderstreept zijn steun voor de bevolking van het land."
)


def test_a_paragraph_that_has_wrapped_goes_on_after_a_short_line_without_full_stop():
    wrapped = (
        "De Raad veroordeelt in de krachtigste bewoordingen het aanhoudende geweld van de kant\n"
        "van de strijdkrachten en van de milities in het westen van het land, die al geruime tijd\n"
        "de bevolking belagen en die volgens de rapporteur onder het bevel staan van generaal\n"
    )
    text = f"{wrapped}Abdel\nFattah al-Burhan en zijn staf.\n\n{wrapped}zelf.\n"
    first, _ = blocks(text)
    assert first.content.text.endswith("van generaal Abdel Fattah al-Burhan en zijn staf.")


# --- web pages ------------------------------------------------------------------------------------


def test_menu_words_and_a_title_said_twice_are_furniture():
    title = "Oproep aan de Raad"
    text = f"Afbeelding\n{title}\nActueel\n\n{title}\n\n10 januari 2024\n\n{BODY}\n"
    assert shapes(text) == [
        ("furniture", "Afbeelding"),
        ("furniture", "Oproep aan de Raad"),
        ("furniture", "Actueel"),
        ("heading", "Oproep aan de Raad"),
        ("metadata", "10 januari 2024"),
        ("paragraph", BODY),
    ]


def test_links_at_the_end_of_a_page_are_furniture():
    text = f"{BODY}\n\nLees ook\n\nMinister reist naar Kiev\n\nMeer nieuws"
    assert [kind for kind, _ in shapes(text)] == [
        "paragraph",
        "furniture",
        "furniture",
        "furniture",
    ]


def test_the_head_of_a_parliament_page_is_metadata_and_its_menu_furniture():
    text = (
        "Index\u00a0\n\u00a0Previous\u00a0\n\u00a0Next\u00a0\nProcedure : 2004/2151(INI)\n"
        "Document selected : A6-0086/2005\n\nDebates :\n\nPV\u00a027/04/2005\u00a0-\u00a07\n\n"
        "PDF\u00a0416kWORD\u00a0163k\nThursday, 28 April 2005\u00a0-\u00a0Brussels\n"
        "Human rights in the world\n\nThe European Parliament,\n\n"
        "–\u00a0\u00a0 having regard to the Charter,\n\n"
        "A.\u00a0\u00a0whereas rights are universal;\n\n"
        "1.\u00a0\u00a0Calls on the Council to act;\n\nLast updated: 2 September 2005Legal notice\n"
    )
    assert shapes(text, "en") == [
        ("furniture", "Index"),
        ("furniture", "Previous"),
        ("furniture", "Next"),
        ("metadata", "Procedure : 2004/2151(INI)"),
        ("metadata", "Document selected : A6-0086/2005"),
        ("metadata", "Debates :"),
        ("metadata", "PV 27/04/2005 - 7"),
        ("furniture", "PDF 416kWORD 163k"),
        ("metadata", "Thursday, 28 April 2005 - Brussels"),
        ("heading", "Human rights in the world"),
        ("paragraph", "The European Parliament,"),
        ("recital", "– having regard to the Charter,"),
        ("recital", "A. whereas rights are universal;"),
        ("list_item", "1. Calls on the Council to act;"),
        ("furniture", "Last updated: 2 September 2005Legal notice"),
    ]


# --- letters --------------------------------------------------------------------------------------


def test_a_letter_has_addressee_salutation_and_signatures():
    text = (
        "Reference: **TIGO 10/2023**\n\nTo the attn. of:\n\nJan Peeters\n\nPrime Minister\n\n"
        "Dear Prime Minister Peeters,\n\nOPEN LETTER ON ASYLUM\n\n"
        "We write to you because asylum law is about to change in many countries of Europe.\n\n"
        "Yours sincerely,\n\nEve Geddie\n\nHead of Office and\nAdvocacy Director\n\nA. B. Jones\n"
    )
    assert shapes(text, "en") == [
        ("metadata", "Reference: TIGO 10/2023"),
        ("metadata", "To the attn. of:"),
        ("metadata", "Jan Peeters"),
        ("metadata", "Prime Minister"),
        ("salutation", "Dear Prime Minister Peeters,"),
        ("heading", "OPEN LETTER ON ASYLUM"),
        (
            "paragraph",
            "We write to you because asylum law is about to change in many countries of Europe.",
        ),
        ("signature", "Yours sincerely,"),
        ("signature", "Eve Geddie"),
        ("signature", "Head of Office and Advocacy Director"),
        ("signature", "A. B. Jones"),
    ]


@pytest.mark.parametrize(
    ("line", "lang"),
    [
        ("Geachte Eerste Minister De Croo,", "nl"),
        ("Dear Prime Minister De Croo,", "en"),
        ("Bäste statsminister Stefan Löfven,", "sv"),
    ],
)
def test_a_salutation_is_told_by_its_first_word(line, lang):
    assert shapes(f"{line}\n\n{BODY}", lang)[0] == ("salutation", line)


def test_an_initial_in_a_signature_is_no_label():
    text = f"{BODY}\n\nHoogachtend,\n\nM. Jansen\n\nC. de Vries\n"
    last = blocks(text)[-1]
    assert (last.kind, last.label, last.asides) == ("signature", None, ())


def test_an_addressee_above_the_salutation_needs_no_label():
    text = (
        "Aan de Voorzitter van de\nTweede Kamer\nBinnenhof 4\n\nDatum   12 maart 2024\n"
        f"Betreft Belarus\n\nGeachte voorzitter,\n\n{BODY}\n\n"
        "De minister van Buitenlandse Zaken,\n\nHanke Bruins Slot\n"
    )
    assert shapes(text) == [
        ("metadata", "Aan de Voorzitter van de Tweede Kamer"),
        ("metadata", "Binnenhof 4"),
        ("metadata", "Datum 12 maart 2024"),
        ("metadata", "Betreft Belarus"),
        ("salutation", "Geachte voorzitter,"),
        ("paragraph", BODY),
        ("signature", "De minister van Buitenlandse Zaken,"),
        ("signature", "Hanke Bruins Slot"),
    ]


def test_signatures_follow_the_date_line_of_a_treaty():
    text = f"{BODY}\n\nDone at Brussels, 27 April 2016.\n\nFor the Council\nM. SCHULZ\n"
    assert [kind for kind, _ in shapes(text, "en")] == [
        "paragraph",
        "paragraph",
        "signature",
        "signature",
    ]


def test_a_title_with_a_colon_is_no_metadata():
    text = f"Nieuwsbericht | 26-01-2024 | 14:30\n\nBelarus: Raad neemt conclusies aan\n\n{BODY}\n"
    assert [kind for kind, _ in shapes(text)] == ["metadata", "heading", "paragraph"]


# --- lists, recitals, articles --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("• het voortouw nemen;", "•"),
        ("o het voortouw nemen;", "o"),
        ("- het voortouw nemen;", "-"),
        ("–\u00a0 het voortouw nemen;", "–"),
        ("1. het voortouw nemen;", "1."),
        ("12) het voortouw nemen;", "12)"),
        ("(a) het voortouw nemen;", "(a)"),
        ("ii) het voortouw nemen;", "ii)"),
        ("b. het voortouw nemen;", "b."),
        ("(3) het voortouw nemen;", "(3)"),
        ("3.2.1 het voortouw nemen;", "3.2.1"),
    ],
)
def test_a_label_opens_a_list_item_and_is_an_aside(line, label):
    block = blocks(f"{BODY}\n\n{line}\n\n{BODY}")[1]
    assert (block.kind, block.label) == ("list_item", label)
    assert block.content.text == f"{label} het voortouw nemen;"
    assert asides(block) == [label]


@pytest.mark.parametrize(
    "line", ["2024 is een verkiezingsjaar.", "-universaliteit telt.", "EU-beleid telt.", "A4 telt."]
)
def test_a_number_or_hyphen_that_is_no_label_is_running_text(line):
    assert blocks(f"{BODY}\n\n{line}\n\n{BODY}")[1].label is None


def test_a_label_on_a_line_of_its_own_joins_the_text_below():
    assert shapes(f"{BODY}\n\n1.\n\n{BODY}")[1] == ("list_item", f"1. {BODY}")


def test_recitals_end_where_the_numbered_items_begin():
    text = (
        "Europaparlamentet utfärdar denna resolution\n\n–  med beaktande av stadgan,\n\n"
        "–  med beaktande av artikel 132 i arbetsordningen, och av följande skäl:\n\n"
        "A.  Läget har förvärrats.\n\nB.  Två rörelser förbjöds.\n\n"
        "1.  Parlamentet uppmanar rådet.\n"
    )
    assert [kind for kind, _ in shapes(text, "sv")] == [
        "paragraph",
        "recital",
        "recital",
        "recital",
        "recital",
        "list_item",
    ]


def test_a_preamble_paragraph_is_a_recital_only_when_it_does_not_end_a_sentence():
    text = "Gezien het Handvest van de Verenigde Naties, en met name artikel 1 daarvan,\n\n"
    text += "Gezien de reikwijdte van de bevindingen is het dringend nodig om op te treden.\n"
    assert [kind for kind, _ in shapes(text)] == ["recital", "paragraph"]


def test_unlabelled_recitals_have_a_line_each():
    text = (
        "Europarådets medlemsstater, som har undertecknat denna konvention,\n"
        "som erinrar om konventionen om skydd för de mänskliga rättigheterna,\n"
        "som fördömer alla former av våld mot kvinnor,\nhar enats om följande.\n"
    )
    assert [kind for kind, _ in shapes(text, "sv")] == [
        "paragraph",
        "recital",
        "recital",
        "paragraph",
    ]


def test_articles_are_told_from_sentences_that_name_one():
    text = (
        "Artikel 1\n\nOnder een kind wordt ieder mens verstaan.\n\n"
        "Artikel 3 – Belang van het kind\n\n"
        "Artikel 7 van dit Verdrag is van overeenkomstige toepassing.\n"
    )
    found = blocks(text)
    assert [block.kind for block in found] == ["article", "paragraph", "article", "paragraph"]
    assert [block.label for block in found] == ["Artikel 1", None, "Artikel 3", None]
    assert found[0].asides == ()


# --- footnotes ------------------------------------------------------------------------------------


def test_superscripts_and_bracketed_marks_with_a_footnote_are_asides():
    text = (
        "De Raad nam conclusies aan over verdedigers.¹ Zie artikel 7(1) en Kazachstan(1).\n\n"
        "De muur is 12 m² groot.\n\n"
        "¹ Zie Amnesty International, 2019.\n\n(1) PB C 23 van 21.1.2021.\n"
    )
    first, second, third, fourth = blocks(text)
    assert asides(first) == ["¹", "(1)"]
    assert first.asides[1][0] > first.content.text.index("7(1)") + 4
    assert second.asides == ()
    assert [(b.kind, b.label) for b in (third, fourth)] == [("footnote", "¹"), ("footnote", "(1)")]


def test_a_mark_behind_a_year_is_an_aside_and_footnotes_count_on():
    text = (
        "med beaktande av resolutionen av den 18 april 2013(2) om Kazakstan(1),\n\n"
        "(1) EUT C 23.\n(2) EUT C 45.\n"
    )
    first, second, third = blocks(text, "sv")
    assert asides(first) == ["(2)", "(1)"]
    assert [second.kind, third.kind] == ["footnote", "footnote"]


def test_a_bracketed_list_is_no_footnote():
    text = "For the purposes of this Regulation:\n\n(1) data is information;\n\n(2) use is use;\n"
    assert [kind for kind, _ in shapes(text, "en")] == ["paragraph", "list_item", "list_item"]


@pytest.mark.parametrize(
    ("mark", "note", "between"),
    [
        ("²", "² Conclusies van de Raad, 6701/24.", "\n\n"),
        ("[2]", f"[2] {BODY[:70]},\nmet bijlage 2.", "\n\n3\n\n"),
        ("(2)", "(2) PB L 12, blz. 3\n(3) PB L 13, blz. 4", "\n\f6701/24 abc/DEF/gh 3 NL\n"),
        ("1", "1 Conclusies van de Raad.", "\n"),
    ],
)
def test_a_sentence_goes_on_behind_the_footnotes_of_its_page(mark, note, between):
    opening = (
        "De Raad veroordeelt in de krachtigste bewoordingen het aanhoudende geweld van de kant\n"
        "van de strijdkrachten en van de milities in het westen van het land, die al geruime tijd\n"
        f"de bevolking belagen(3) en die volgens de rapporteur{mark} onder het bevel staan van een"
    )
    rest = (
        "generaal die zich aan het gezag van de regering heeft onttrokken en die de vluchtelingen\n"
        "niet wil laten terugkeren."
    )
    text = f"{opening}\n\n------\n{note}{between}{rest}\n"
    first, *notes = blocks(text)
    assert (first.kind, first.start, first.end) == ("paragraph", 0, len(text) - 1)
    assert first.content.text == f"{opening} {rest}".replace("\n", " ")
    assert [block.kind for block in notes] == ["footnote"] * len(notes)
    assert "".join(text[block.start : block.end] for block in notes) == note.replace("\n(", "(")


@pytest.mark.parametrize(
    "text",
    [
        # The note itself goes on.
        f"{BODY[:-1]} en van de\n\n¹ Conclusies van de Raad over dit\nonderwerp.\n\n{BODY}",
        # What follows begins with a capital.
        f"{BODY[:-1]} en van de\n\n¹ Conclusies van de Raad.\n\n3\n\n{BODY}",
        # The sentence above had ended.
        f"{BODY}\n\n¹ Conclusies van de Raad.\n\nwaarvan akte, zoals hij het zelf zegt te zien\n",
        # A list, and what stands flush left below it.
        f"{BODY[:-1]} door\n\n(1) steun te geven.\n\nwaarvan akte, zoals hij het zelf ziet\n",
    ],
)
def test_what_follows_a_footnote_goes_on_above_it_only_where_both_halves_say_so(text):
    first, *_ = blocks(text)
    assert first.end < text.index("\n\n") + 1


def test_a_footnote_whose_mark_lost_its_raised_place_is_found():
    text = "The Council recalls its conclusions on Belarus.1\n\n1 Council conclusions, 2020.\n"
    first, second = blocks(text, "en")
    assert asides(first) == ["1"]
    assert (second.kind, second.label) == ("footnote", "1")


# --- wrapped pages --------------------------------------------------------------------------------

SPACED = [
    "1. De Raad bevestigt zijn conclusies van 12 oktober 2020, waarin het beleid van",
    "de EU ten aanzien van het land wordt uiteengezet en ook het aanzetten tot grens-",
    "overschrijdingen, en de beperkingen op de lokale verkiezingen die zijn gepland op",
    "25 februari 2024. De EU betreurt dat de autoriteiten in weerwil van hun internationale",
    "verbintenissen de rechtshandhavings- en migratiediensten en het EU-beleid van het jaar",
    "2024. De Raad staat klaar om verdere maatregelen te treffen.",
    "2. De EU staat achter de bevolking.",
]
JOINED = (
    "1. De Raad bevestigt zijn conclusies van 12 oktober 2020, waarin het beleid van de EU ten "
    "aanzien van het land wordt uiteengezet en ook het aanzetten tot grensoverschrijdingen, en de "
    "beperkingen op de lokale verkiezingen die zijn gepland op 25 februari 2024. De EU betreurt "
    "dat de autoriteiten in weerwil van hun internationale verbintenissen de rechtshandhavings- "
    "en migratiediensten en het EU-beleid van het jaar 2024. De Raad staat klaar om verdere "
    "maatregelen te treffen."
)


@pytest.mark.parametrize("between", ["\n", " \n\n", "\r\n", " \r\n\r\n"])
def test_wrapped_lines_are_one_block_with_or_without_blank_lines_between(between):
    assert shapes(between.join(SPACED)) == [("list_item", JOINED), ("list_item", SPACED[-1])]


def test_page_numbers_inside_a_sentence_are_dropped_and_others_are_furniture():
    page = ["", "6701/24 gys/cg 2", "BIJLAGE RELEX.2 NL", ""]
    text = "\n".join([*SPACED[:2], *page, *SPACED[2:], "", "- 3 -", "", SPACED[0]])
    assert shapes(text)[:3] == [
        ("list_item", JOINED),
        ("list_item", SPACED[-1]),
        ("furniture", "- 3 -"),
    ]


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        (
            "het aanzetten tot illegale grens-",
            "overschrijdingen in de winter",
            "grensoverschrijdingen",
        ),
        ("de rol van vervolgings-", "en intimidatiecampagnes daar", "vervolgings- en"),
        ("de overheid en een niet-", "gouvernementele organisatie", "niet-gouvernementele"),
        ("het geheel van het EU-", "beleid voor de toekomst nu", "EU-beleid"),
        ("aandacht voor het migratie-", "pact; het migratie-pact telt", "migratie-pact; het"),
    ],
)
def test_a_hyphen_at_the_line_end_stays_where_it_belongs_to_the_word(first, second, joined):
    ((_, text),) = shapes(f"De Raad spreekt over {first}\n{second} en verder.")
    assert joined in text


# --- cleaning -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "cleaned"),
    [
        ("De\u00a0EU  staat\t\u2009klaar.", "De EU staat klaar."),
        ("arti\u00adfici\u200bële", "artificiële"),
        ("**Lead on asylum.** A *common* system", "Lead on asylum. A common system"),
        ("__Vet__ en _schuin_", "Vet en schuin"),
        ("**EU**-beleid", "EU-beleid"),
        ("2 * 3 * 4 en P9_TA(2021)0056_x", "2 * 3 * 4 en P9_TA(2021)0056_x"),
        ("zie <https://a.nl/b_c_d/*e*>", "zie https://a.nl/b_c_d/*e*"),
        ("zie [de brief](https://a.nl/b)", "zie de brief"),
        ("vrij **maar niet gesloten", "vrij maar niet gesloten"),
        ("a < b en c > d", "a < b en c > d"),
        ("e\u0301e\u0301n", "e\u0301e\u0301n"),
    ],
)
def test_cleaning_drops_markup_and_white_space_and_nothing_else(source, cleaned):
    assert shapes(f"{source}\n") == [(shapes(source)[0][0], cleaned)]


def test_a_soft_hyphen_at_the_line_end_joins_the_word():
    assert shapes("Het grens\u00ad\noverschrijdende verkeer.")[0][1] == (
        "Het grensoverschrijdende verkeer."
    )


def test_a_markdown_heading_is_a_heading():
    assert shapes(f"## Wat nu?\n{BODY}") == [("heading", "Wat nu?"), ("paragraph", BODY)]


def test_the_source_span_of_a_joined_word_covers_both_halves():
    text = "De Raad spreekt over het aanzetten tot grens-\noverschrijdingen daar."
    (block,) = blocks(text)
    start = block.content.text.index("grens")
    begin, end = block.content.source_span(start, start + len("grensoverschrijdingen"))
    assert text[begin:end] == "grens-\noverschrijdingen"


# --- properties -----------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        "De Raad bevestigt zijn conclusies",
        "over Belarus.",
        "1.",
        "(1)",
        "¹",
        "–",
        "•",
        "- ",
        "A. ",
        "**",
        "*",
        "_",
        "# ",
        "grens-",
        "Lees ook",
        "van: ",
        "Geachte heer,",
        "Hoogachtend,",
        "Artikel 3",
        "gezien ",
        "6701/24",
        "-----",
        " ",
        "\n",
        "\n\n",
        "\r\n",
        "\u00a0",
        "\u200b",
        "\u00ad",
        "\x0c",
        "<https://a.nl>",
        "[a](https://b.nl)",
        "Wat?",
        "<b>",
        "&amp;",
        "&nbsp;",
        "| a | b |",
        ",",
        ";",
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=5), max_size=40).map("".join)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("We <strong>urge</strong> <em>you</em> to act.", "We urge you to act."),
        ('See the <a href="https://a.org/b">report</a>.', "See the report."),
        ("They fled in 2022.<sup>1</sup> Now", "They fled in 2022. Now"),
        ("the 9<sup>th</sup> round", "the 9th round"),
        ("Law &amp; order &nbsp; for&nbsp;all &mdash; 5 &lt; 6", "Law & order for all — 5 < 6"),
        ("AT&T; R&D and x <y> z", "AT&T; R&D and x <y> z"),
    ],
)
def test_html_inside_a_line_is_markup(source, expected):
    (block,) = blocks(source + " It goes on in this paragraph of running text, long enough.")
    assert block.content.text.startswith(expected)
    assert block.content.starts[-1] == block.end - 1


def test_html_blocks_and_table_cells_are_blocks_of_their_own():
    source = (
        "<p>De ministers kwamen woensdag bijeen.</p><ul><li>Er komt een alliantie.</li>\n"
        "<li>De douane krijgt meer middelen.</li></ul><p>Dat is<br/>alles.</p>\n\n"
        "| Haven | Vangst |\n|---|---|\n| Antwerpen | 116 ton |\n"
    )
    assert [block.content.text for block in blocks(source)] == [
        "De ministers kwamen woensdag bijeen.",
        "Er komt een alliantie.",
        "De douane krijgt meer middelen.",
        "Dat is",
        "alles.",
        "Haven",
        "Vangst",
        "Antwerpen",
        "116 ton",
    ]


# White space and invisible characters, and what Markdown or a drawn rule may have left.
DROPPABLE = set(INVISIBLE) | set("*_#<>[]-–—=~·.!()|")


@settings(deadline=None, max_examples=300)
@given(TEXTS, st.sampled_from(["nl", "en", "sv"]))
def test_blocks_are_ordered_disjoint_and_map_back_to_the_source(text, lang):
    position = 0
    for block in blocks(text, lang):
        assert block.kind in BLOCK_KINDS
        # A footnote may stand in the middle of a sentence that its page broke.
        assert position <= block.start or block.kind == "footnote"
        assert block.start < block.end <= len(text)
        position = max(position, block.end)
        content = block.content
        assert content.text == content.text.strip() != ""
        assert "  " not in content.text
        assert len(content.text) == len(content.starts) == len(content.ends)
        before = block.start
        for char, start, end in zip(content.text, content.starts, content.ends, strict=True):
            assert before <= start < end <= block.end
            before = end
            exact = end == start + 1 and text[start] == char
            assert char == " " or exact or html.unescape(text[start:end]) == char
        last = 0
        for start, end in block.asides:
            assert last <= start < end <= len(content.text)
            last = end


@settings(deadline=None, max_examples=300)
@given(TEXTS, st.sampled_from(["nl", "en", "sv"]))
def test_nothing_but_markup_white_space_and_page_residue_is_lost(text, lang):
    kept: set[int] = set()
    inside: set[int] = set()
    for block in blocks(text, lang):
        kept.update(block.content.starts)
        inside.update(range(block.start, block.end))
    for index, char in enumerate(text):
        if index in kept or char.isspace() or char in DROPPABLE:
            continue
        tag, reference = text.rfind("<", 0, index), text.rfind("&", 0, index + 1)
        if tag >= 0 and text.startswith("<b>", tag):
            continue
        if reference >= 0 and text.startswith(("&nbsp;", "&amp;"), reference):
            continue
        # A link's target, or a page number between two halves of a sentence.
        assert index in inside
        line = text[text.rfind("\n", 0, index) + 1 :].split("\n")[0]
        assert "](https://" in line or "6701/24" in line or len(line) <= 80


@pytest.mark.parametrize(
    "piece", ["*", "[", "(", "1. \n", "a_", "De ", "ab-\n", "ABC\n", "(1)", "\u00a0 ", "- ", "A-9/"]
)
def test_odd_input_takes_no_more_than_linear_time(piece):
    started = time.perf_counter()
    blocks(piece * (60_000 // len(piece)))
    assert time.perf_counter() - started < 15


def test_name_and_street_above_a_postcode_belong_to_the_letterhead():
    text = (
        "Human Rights Watch\nAvenue des Gaulois 7\n1040 Brussels\n\n"
        "Brussels, 3 May 2023\n\nDear High Representative,\n\n"
        "We are writing to you ahead of the meeting to ask you to put human rights first.\n"
    )
    assert [kind for kind, _ in shapes(text, "en")] == [
        *["metadata"] * 4,
        "salutation",
        "paragraph",
    ]


def test_numbered_items_alone_below_the_signatures_are_notes():
    text = (
        "Bästa minister!\n\nVi uppmanar regeringen att rösta nej till förslaget i rådet.\n\n"
        "Med vänliga hälsningar\n\nAnna Johansson\n\n1. Se rådets förslag.\n2. Se bilagan.\n"
    )
    assert [kind for kind, _ in shapes(text, "sv")][-2:] == ["footnote", "footnote"]


def test_the_trail_of_a_page_in_its_site_is_furniture():
    assert shapes(f"Startsida › Aktuellt › Nyheter\n\n{BODY}\n", "sv")[0][0] == "furniture"


def test_a_metadata_line_broken_in_two_is_one_block():
    assert shapes(f"Europeiska\nunionens råd\n\n{BODY}\n", "sv")[0] == (
        "metadata",
        "Europeiska unionens råd",
    )


def test_council_page_feet_may_be_spread_by_tabs():
    text = f"{BODY}\n \nST 10023/23 \t \t   /tk \t2 \nBILAGA \tRELEX 2 \tSV \n \n{BODY}\n"
    assert [kind for kind, _ in shapes(text, "sv")] == [
        "paragraph",
        "furniture",
        "furniture",
        "paragraph",
    ]


@pytest.mark.parametrize(
    "text", ["1" + "A" * 117 + "b", "1" * 118 + "b", "1 " * 59 + "b", "2021/2544(RSP)" * 8 + "x"]
)
def test_a_long_code_that_is_none_is_told_at_once(text):
    start = time.process_time()
    assert blocks(text, "en")
    assert time.process_time() - start < 1


def test_time_grows_with_links_and_underscores_not_with_their_product():
    text = "https://ex.org/a_b_c_d *x " * 4000
    start = time.process_time()
    (block,) = blocks(text, "en")
    assert "a_b_c_d *x" in block.content.text
    assert time.process_time() - start < 5


# --- press pages and open letters -----------------------------------------------------------------

RUNNING = {
    "nl": BODY,
    "en": "The Council confirms its conclusions and underlines its support for the people of Mali.",
    "sv": "Rådet bekräftar sina slutsatser och understryker sitt stöd för befolkningen i landet.",
}


def kinds(text: str, lang: str) -> list[str]:
    return [kind for kind, _ in shapes(text, lang)]


@pytest.mark.parametrize(
    ("lang", "contacts"),
    [
        ("en", "Media contacts\nEva Lind\nPress officer\n+32 2 555 01 02\neva@lind.example"),
        ("nl", "Voor meer informatie:\nEva Lind\nWoordvoerder\nT 070 555 01 02"),
        (
            "sv",
            "Presskontakt\nEva Lind\nPressekreterare\nMobil 070-555 01 02\ne-post till Eva",
        ),
    ],
)
def test_names_and_numbers_for_the_press_are_metadata(lang, contacts):
    found = kinds(f"{RUNNING[lang]}\n\n{contacts}\n", lang)
    assert found == ["paragraph", *["metadata"] * len(contacts.splitlines())]


def test_a_section_without_number_or_address_is_no_list_of_contacts():
    text = f"{RUNNING['en']}\n\nFor more information\n\nThe treaty in brief\n\n{RUNNING['en']}\n"
    assert kinds(text, "en")[2] == "heading"


@pytest.mark.parametrize(
    ("lang", "heading", "lines"),
    [
        ("en", "Signatories:", ["1. Peace Now, Chile", "2. Ana Ruiz, lawyer"]),
        ("nl", "Mede ondertekend door:", ["Vredesberaad", "Comité voor Recht (CR), België"]),
        ("sv", "Undertecknande organisationer", ["• Fredsrådet", "• Eva Lind, jurist"]),
    ],
)
def test_who_signed_stands_under_a_heading_in_any_kind_of_list(lang, heading, lines):
    text = "\n\n".join([RUNNING[lang], heading, *lines])
    assert kinds(text, lang) == ["paragraph", "signature", "signature", "signature"]


def test_the_menu_of_a_page_may_be_in_another_language_than_its_text():
    text = f"Skip to main content\n\nOproep aan de Raad\n\n{BODY}\n\nHoppa till innehållet\n"
    assert kinds(text, "nl") == ["furniture", "heading", "paragraph", "furniture"]


def test_short_lines_between_two_lines_of_a_menu_are_its_links():
    text = f"Home\nOns werk\nOver Europa\nZoeken\n\nOproep aan de Raad\n\n{BODY}\n"
    assert kinds(text, "nl") == ["furniture"] * 4 + ["heading", "paragraph"]


def test_a_lone_title_between_two_lines_of_a_menu_stays_the_heading():
    assert kinds(f"Menu\nOproep aan de Raad\nDelen\n\n{BODY}\n", "nl")[1] == "heading"


@pytest.mark.parametrize("line", ["nl fr de en", "English | Svenska | Français"])
def test_the_links_to_the_versions_of_a_page_are_furniture(line):
    assert kinds(f"{line}\nOproep aan de Raad\n\n{BODY}\n", "nl")[:2] == ["furniture", "heading"]


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("en", "Published 3 May 2024"),
        ("nl", "03 mei 2024 18:51"),
        ("sv", "3.5.2024 01:01:00 CEST | Fredsrådet | Pressmeddelande"),
        ("sv", "Pressmeddelanden   •   Maj 3, 2024 20:47 CEST"),
    ],
)
def test_a_date_with_its_hour_publisher_and_kind_of_page_is_metadata(lang, line):
    assert kinds(f"{line}\n\n{RUNNING[lang]}\n", lang)[0] == "metadata"


def test_a_dash_that_opens_what_somebody_said_makes_no_list_item():
    text = f"{RUNNING['sv']}\n\n– Läget är allvarligt. Vi följer det noga, säger Eva Lind.\n"
    assert kinds(text, "sv") == ["paragraph", "paragraph"]
    listed = f"{RUNNING['sv']}\n\nVi vill:\n\n– Öka stödet.\n– Minska hoten.\n"
    assert kinds(listed, "sv")[2:] == ["list_item", "list_item"]


def test_columns_side_by_side_are_blocks_of_their_own():
    names = "Eva Lind                 Jan Peeters\nVoorzitter               Secretaris"
    text = f"{BODY}\n\nHoogachtend,\n\n{names}\n"
    assert [text for kind, text in shapes(text) if kind == "signature"] == [
        "Hoogachtend,",
        "Eva Lind",
        "Jan Peeters",
        "Voorzitter",
        "Secretaris",
    ]


def test_a_label_and_its_text_are_no_columns():
    text = f"Onderwerp:      Conclusies over Mali\n\n1.      {BODY}\n"
    assert shapes(text)[0] == ("metadata", "Onderwerp: Conclusies over Mali")
    assert [block.label for block in blocks(text)] == [None, "1."]


def test_name_and_office_right_above_the_salutation_are_the_addressee():
    text = f"Brief over Mali\n\nEva Lind\nVoorzitter\n\nGeachte voorzitter,\n\n{BODY}\n"
    assert kinds(text, "nl") == ["heading", "metadata", "metadata", "salutation", "paragraph"]


def test_an_initial_is_a_label_only_among_letters():
    signed = "De minister van Justitie,\nJ. van den Berg"
    assert [block.label for block in blocks(f"{BODY}\n\n{signed}\n")] == [None] * 3
    lettered = f"A. Inleiding\n\n{BODY}\n\nB. Besluit\n\n{BODY}\n"
    assert [block.label for block in blocks(lettered)][::2] == ["A.", "B."]


def test_lines_of_a_letterhead_that_all_open_with_capitals_do_not_join():
    body = (
        "De Raad sprak over de situatie in het land en over de steun die de lidstaten daar aan\n"
        "de bevolking geven, en stond stil bij de gevolgen van de oorlog voor de buurlanden, die\n"
        "veel vluchtelingen opvangen en die daarvoor hulp van de lidstaten hebben gevraagd, zo\n"
        "bleek uit de brief.\n"
    )
    head = "Verslag van de informele bijeenkomst van de ministers over het vredesproces in 2024\n"
    text = f"{head}Nr. 31\nAan de Voorzitter van het Parlement\nDen Haag, 3 mei 2024\n{body}"
    assert "Den Haag, 3 mei 2024" in [text for kind, text in shapes(text) if kind == "metadata"]


def test_dateline_of_two_places_is_metadata() -> None:
    line = "Amsterdam/Brussel, 20 augustus 2025"
    found = shapes(f"Rapport\n\n{line}\n\nDe regering heeft het voorstel ingediend.")
    assert ("metadata", line) in found


def test_a_link_ends_its_footnote():
    text = (
        f"{BODY}[1]\n\n[1] Zie https://example.org/rapport.pdf\n\nc.c. de leden van de commissie\n"
    )
    assert shapes(text)[1][1] == "[1] Zie https://example.org/rapport.pdf"


def test_titles_that_differ_in_their_dates_are_no_running_heads():
    titles = [f"Bijeenkomst van {day} mei 2024" for day in (3, 10, 17)]
    assert kinds("\n\n".join([titles[0], BODY, *titles[1:]]), "nl").count("heading") == 3


def test_each_language_of_a_page_may_have_a_line():
    assert kinds(f"nl\nfr\nen\n\nOproep aan de Raad\n\n{BODY}\n", "nl")[:3] == ["furniture"] * 3


@pytest.mark.parametrize("line", ["Home / Nieuws / Oproepen", "« Terug naar het overzicht"])
def test_where_a_page_stands_is_furniture(line):
    assert kinds(f"{BODY}\n\n{line}\n", "nl") == ["paragraph", "furniture"]


def test_footnotes_in_square_brackets_are_no_page_residue_though_they_look_alike():
    notes = "".join(f"[{n}] EUT C {n}1, {n}.3.2019, s. {n}.\n" for n in range(1, 5))
    marked = "".join(
        f"– med beaktande av sin resolution om {place}[{n}],\n"
        for n, place in enumerate(("Laos", "Kuba", "Tchad", "Iran"), 1)
    )
    found = blocks(f"{marked}\n{notes}", "sv")
    assert [b.kind for b in found] == ["recital"] * 4 + ["footnote"] * 4
    assert asides(found[0]) == ["–", "[1]"]


WRAPPED = """De Raad herinnert aan het standpunt dat de Europese Unie heeft ingenomen over
{}

De Raad roept alle partijen op om de afspraken na te komen die zij in het
afgelopen jaar hebben gemaakt, en zal daar in juni op terugkomen bij de
bespreking van het verslag van de hoge vertegenwoordiger en de Commissie.
"""


@pytest.mark.parametrize(
    "broken",
    [
        "de betrekkingen met het land in de zin van de lopende procedure in Verordening\n"
        "(EU) 2021/947 van het Europees Parlement en de Raad.",
        "de rechten van vluchtelingen en staatlozen in de zin van het verdrag en van\n"
        "artikel 3 EVRM. Het zal dat ook in de toekomst blijven doen.",
        "de wet, die volgens de hoge vertegenwoordiger in strijd is met artikel\n"
        "19.1 van het handvest. Het zal dat ook in de toekomst blijven doen.",
        "het verdrag van de Internationale Arbeidsorganisatie over intimidatie (nr.\n"
        "190) en de aanbeveling die erbij hoort.",
        "de onafhankelijkheid van de rechterlijke macht, zoals die is vastgelegd in art.\n"
        "Het zal dat ook in de toekomst blijven doen.",
    ],
)
def test_a_wrapped_sentence_goes_on_with_what_looks_like_a_label(broken):
    found = blocks(WRAPPED.format(broken))
    assert len(found) == 2
    assert found[0].label is None


def test_a_year_alone_on_its_line_is_no_page_number():
    text = WRAPPED.format("de toestand in het land sinds de verkiezingen van 5 september\n2021.")
    first = blocks(text.replace("2021.", "2021"))[0]
    assert first.content.text.endswith("van 5 september 2021")


def test_an_article_behind_a_full_stop_opens_a_block_of_its_own():
    text = WRAPPED.format("de rechten van vluchtelingen en staatlozen in de zin van het verdrag.")
    second = blocks(text.replace("\n\n", "\nArtikel 3 Werkingssfeer\n", 1))[1]
    assert second.kind == "article"


def test_each_of_those_who_signed_has_a_line():
    text = (
        WRAPPED.format("de rechten van vluchtelingen en staatlozen in de zin van het verdrag.")
        + "\nMet vriendelijke groet,\n\n"
        "Ingrid Hoekstra-Bakker, directeur van het Nederlands Netwerk Eerlijke Ketens\n"
        "Jan-Willem van 't Hoff, algemeen secretaris van de Stichting Veilige Haven\n"
    )
    assert [b.content.text.split(",")[0] for b in blocks(text)[-2:]] == [
        "Ingrid Hoekstra-Bakker",
        "Jan-Willem van 't Hoff",
    ]


def test_plain_marks_stand_behind_words_and_years_and_no_figure_of_a_name_is_one():
    text = (
        "De Raad herinnert aan Belarus1, aan NIS2 en aan de conclusies van 3 mei 20212.\n\n"
        "In 20213 en in 12 landen gold artikel 3.\n\n"
        "1 PB C 23 van 21.1.2021.\n2 Aldaar.\n3 Zie voetnoot 1.\n"
    )
    first, second, *notes = blocks(text)
    assert asides(first) == ["1", "2"]
    assert first.asides[1][0] == first.content.text.index("2021") + 4
    assert asides(second) == ["3"]
    assert [note.kind for note in notes] == ["footnote"] * 3


def test_the_official_journal_writes_its_marks_with_spaces_inside():
    text = (
        "Gezien Verordening (EG) nr. 765/2006 ( 1 ) van de Raad en het advies ( 2 ),\n\n"
        "Artikel 1\n\nDeze verordening treedt in werking op 1 mei 2021.\n\n"
        "( 1 )  PB L 134 van 20.5.2006, blz. 1.\n\n(\u00a02\u00a0)  PB C 3 van 5.1.2021, blz. 2.\n"
    )
    found = blocks(text)
    assert [b.kind for b in found[-2:]] == ["footnote", "footnote"]
    assert asides(found[0]) == ["( 1 )", "( 2 )"]


@pytest.mark.parametrize(
    ("line", "label", "kind"),
    [
        ("A.whereas the trial was held in camera;", "A.", "recital"),
        ("2.Each Party shall adopt such measures.", "2.", "list_item"),
    ],
)
def test_a_label_may_lean_on_its_text(line, label, kind):
    found = blocks(f"–  having regard to the Charter,\n\n{line}\n", "en")[-1]
    assert (found.kind, found.label) == (kind, label)


@pytest.mark.parametrize(
    "line",
    [
        "15598/17                                              adw/asd/fb              1",
        "                          DG C 1C                       LIMITE                  EN",
        "ANNEX                     RELEX.1                       LIMITE                  EN",
        r"RE\P8_B(2018)0378_EN.docx      PE624.087v01-00",
        r"2/108          RR\1111015EN.docx",
        "EN United in diversity EN",
        "Official Journal of the European Union",
    ],
)
def test_feet_of_institutions_pages_are_furniture(line):
    text = f"The Council recalls its conclusions on Laos.\n\n{line}\n\n{BODY}\n"
    assert [kind for kind, _ in shapes(text, "en")] == ["paragraph", "furniture", "paragraph"]


def test_a_page_break_inside_a_list_of_names_does_not_end_the_sentence():
    text = (
        "De Raad veroordeelt de straffen die zijn opgelegd aan Anna Berg, Jan Smit, Li Wei en\n\n"
        "15973/22 vnr/dau/sl 3\n\nBIJLAGE RELEX.1 NL\n\nSaman Seydi in Laos.\n"
    )
    assert shapes(text)[0][1].endswith("Li Wei en Saman Seydi in Laos.")


def test_the_movers_of_a_motion_and_its_number_are_no_headings():
    text = (
        "B9‑0508/2022 (Verts/ALE)\nTomasz Frankowski, Seán Kelly, Viola von Cramon‑Taubadel\n\n"
        f"namens de Renew-Fractie\n\n{BODY}\n"
    )
    assert [kind for kind, _ in shapes(text)] == ["metadata", "paragraph", "paragraph", "paragraph"]


def test_the_edition_may_stand_behind_the_date_of_an_adopted_text():
    assert (
        shapes("Torsdagen den 13 mars 2014 - Strasbourg Slutlig utgåva\n", "sv")[0][0] == "metadata"
    )


@pytest.mark.parametrize(
    ("line", "lang"),
    [
        ("för Renew-gruppen", "sv"),
        ("namens de Renew‑Fractie", "nl"),
        ("on behalf of the ECR Group", "en"),
    ],
)
def test_a_name_above_the_line_of_a_political_group_is_no_heading(line, lang):
    assert next(kind for kind, _ in shapes(f"Anna Berg\n{line}\n\n{BODY}\n", lang)) == "paragraph"

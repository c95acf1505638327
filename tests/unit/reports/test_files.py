"""Are the files what they should be: readable, whole, without a missing letter, the same each time?"""

from __future__ import annotations

import dataclasses
import io
import math
import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader

from sim.base.errors import BadInput
from sim.reports import Findings, Inputs, Stopped, check_targets, make_report, write_report
from sim.reports.html import html
from sim.reports.paper import Paper, Picture, Points, Table, Text
from sim.reports.pdf import BREAK, fine, pages, pdf, split_range
from sim.reports.sheets import Column, Number, Sheet, workbook
from sim.reports.workbook import report_workbook
from sim.words import Words

LANGUAGES = ("en", "zh")


def squeezed(text: str) -> str:
    """Without what typesetting adds or takes: spaces, line breaks, hyphens at line ends, ligatures."""
    for ligature, letters in {"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl"}.items():
        text = text.replace(ligature, letters)
    return re.sub(r"[\s\u00ad\u200b\u2010-]", "", text.replace(BREAK, ""))


def pdf_text(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def texts(paper: Paper) -> list[str]:
    found = [paper.title, paper.subtitle, *(text for fact in paper.facts for text in fact)]
    for section in paper.sections:
        found.append(section.head)
        for block in section.blocks:
            if isinstance(block, Text):
                found.append(block.text)
            elif isinstance(block, Points):
                found += [block.head, *block.items]
            elif isinstance(block, Table):
                found += [
                    block.caption,
                    *block.heads,
                    *(cell.text for row in block.rows for cell in row.cells),
                ]
    return [line for text in found for line in text.split("\n") if line]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_pdf_says_everything_and_no_letter_is_missing(papers: dict[str, Paper], lang: str):
    told = pdf_text(pdf(papers[lang]))
    assert "\ufffd" not in told
    letters = set(told)
    missing = {sign for text in texts(papers[lang]) for sign in fine(text) if not sign.isspace()} - letters
    assert not missing - set("ﬁﬂ")
    whole = squeezed(told)
    for text in texts(papers[lang]):
        if len(text) < 30:  # longer ones may be broken by a page's end
            assert squeezed(fine(text)) in whole


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_pdf_knows_its_language_title_and_fonts(papers: dict[str, Paper], lang: str):
    reader = PdfReader(io.BytesIO(pdf(papers[lang])))
    assert reader.trailer["/Root"]["/Lang"].startswith(lang)
    assert reader.metadata is not None
    assert reader.metadata.title == papers[lang].title
    assert "/StructTreeRoot" in reader.trailer["/Root"]  # tagged: it can be listened to
    width, height = (float(reader.pages[0].mediabox[at]) for at in (2, 3))
    assert (round(width), round(height)) == (595, 842)  # A4
    fonts = {
        str(font.get_object()["/BaseFont"])
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }
    allowed = ("ReceivablesSansSC", "LibertinusSerif", "DejaVuSansMono")
    assert all(any(name in font for name in allowed) for font in fonts)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_pages_can_be_looked_at(papers: dict[str, Paper], lang: str):
    drawn = pages(papers[lang], ppi=40)
    assert len(drawn) == len(PdfReader(io.BytesIO(pdf(papers[lang]))).pages)
    assert all(page.startswith(b"\x89PNG") for page in drawn)


class Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_is_whole_and_can_be_listened_to(papers: dict[str, Paper], lang: str):
    found, page = html(papers[lang]), Page()
    page.feed(found)
    tags = page.tags
    assert dict(tags)["html"]["lang"] == {"en": "en", "zh": "zh-CN"}[lang]
    assert not re.search(
        r"""(?:src|href)=["'](?!data:|\#)|@import|https?://""", found
    )  # nothing from elsewhere
    pictures = [given for tag, given in tags if tag == "img"]
    assert len(pictures) == sum(isinstance(block, Picture) for block in papers[lang].blocks())
    assert all(given["alt"] and given["src"].startswith("data:image/svg+xml") for given in pictures)
    heads = [given for tag, given in tags if tag == "th"]
    assert all(given.get("scope") in ("col", "row", "colgroup") for given in heads)
    names = [tag for tag, _ in tags]
    assert names.count("caption") == names.count("table")
    assert names.count("h1") == 1
    told = squeezed("".join(page.text))
    assert all(squeezed(fine(text)) in told for text in texts(papers[lang]))


def test_what_a_person_named_cannot_become_markup(inputs: Inputs, findings: Findings):
    from sim.reports.compose import compose

    named = dataclasses.replace(inputs, alternative_name="<script>x & #strong[y] $z$")
    paper = compose(dataclasses.replace(findings, inputs=named), Words("en"))
    assert "<script>" not in html(paper)
    assert "#strong[y] $z$" in pdf_text(pdf(paper)).replace("\n", " ")


# --- the workbook -------------------------------------------------------------------------------------------------


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_workbook_holds_the_comparison_as_numbers(findings: Findings, lang: str):
    words = Words(lang)
    book = opened(report_workbook(findings, words))
    sheet = book[words.say("paper.sheet.differences")]
    rows = {row[1].value: row for row in sheet.iter_rows(min_row=2)}
    for row in findings.table.itertuples():
        cells = rows[row.metric]
        level = {"fen": 0.01}.get(row.unit, 1)
        step = {"fen": 0.01, "share": 100}.get(row.unit, 1)
        for cell, value in zip(
            [*cells[2:4], *cells[5:8]],
            [
                row.baseline * level,
                row.alternative * level,
                row.difference * step,
                row.low * step,
                row.high * step,
            ],
            strict=True,
        ):
            if math.isnan(value):
                assert cell.value == words.say("format.unknown")
            else:
                assert cell.value == pytest.approx(value)
                assert cell.number_format != "General"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_run_and_month_stands_in_the_workbook(findings: Findings, lang: str):
    words = Words(lang)
    book = opened(report_workbook(findings, words))
    assert book.sheetnames == [
        words.say(f"paper.sheet.{name}")
        for name in (
            "differences",
            "runs",
            "months",
            "parts",
            "groups",
            "levers",
            "assumptions",
            "provenance",
        )
    ]
    months = book[words.say("paper.sheet.months")]
    runs, count = findings.inputs.runs, len(findings.baseline.months)
    assert months.max_row == 1 + 2 * runs * count
    heads = [cell.value for cell in months[1]]
    at = next(n for n, head in enumerate(heads) if head.startswith(words.say("metric.ar.name")))
    last = months[count + 1]
    assert last[at].value == pytest.approx(findings.baseline.monthly["ar"][0, -1] / 100)
    for sheet in book:
        assert sheet.freeze_panes
        assert all(sheet.column_dimensions[cell.column_letter].width >= 8 for cell in sheet[1])
        assert all(cell.font.bold for cell in sheet[1])


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("x")', "a\x00b"])
def test_no_text_becomes_a_formula(text: str):
    book = opened(workbook([Sheet("[a]:b", (Column(text),), [[text]])], Words("en")))
    cell = book.worksheets[0]["A2"]
    assert cell.data_type == "s"
    assert cell.value == text.replace("\x00", "")


def test_numbers_keep_their_units():
    rows = [[12_345, 0.123, Number(0.05, "points"), None, float("nan")]]
    columns = (Column("a", "fen"), Column("b", "share"), Column("c"), Column("d", "d"), Column("e", "fen"))
    cells = opened(workbook([Sheet("s", columns, rows)], Words("zh"))).worksheets[0][2]
    assert [cell.value for cell in cells] == [123.45, 0.123, 5.0, "未知", "未知"]
    assert [cell.number_format for cell in cells[:3]] == ["#,##0.00", "0.0%", "0.0"]


# --- making and writing -------------------------------------------------------------------------------------------


def test_the_same_inputs_give_the_same_files(inputs: Inputs, tmp_path: Path):
    quick = dataclasses.replace(inputs, days=40, runs=2, why=False)
    names = ("a.pdf", "a.html", "a.xlsx")
    first, second = (
        [path.read_bytes() for path in make_report(quick, "zh", [tmp_path / place / name for name in names])]
        for place in "xy"
    )
    assert first == second
    with zipfile.ZipFile(tmp_path / "x" / "a.xlsx") as book:
        assert {entry.date_time[0] for entry in book.infolist()} == {2000}


def test_all_wrong_targets_are_told_before_the_work(tmp_path: Path):
    (tmp_path / "there.pdf").write_text("x")
    (tmp_path / "folder.html").mkdir()
    given = [tmp_path / name for name in ("a.doc", "there.pdf", "folder.html", "b.xlsx", "b.xlsx")]
    with pytest.raises(BadInput) as bad:
        check_targets(given, force=False)
    rules = [problem.rule for problem in bad.value.problems]
    assert rules == ["report.unknown_format", "report.file_exists", "report.is_folder", "report.twice"]


def test_a_stopped_report_writes_nothing(inputs: Inputs, tmp_path: Path):
    with pytest.raises(Stopped):
        make_report(inputs, "en", tmp_path / "a.pdf", stop=lambda: True)
    assert not list(tmp_path.iterdir())


def test_what_was_there_stays_when_a_file_cannot_be_written(findings: Findings, tmp_path: Path):
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(BadInput) as bad:
        write_report(findings, Words("en"), [tmp_path / "file" / "a.xlsx"])
    assert [problem.rule for problem in bad.value.problems] == ["report.cannot_write"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("-¥1.2m to -¥3", "−¥1.2m to −¥3"),
        ("-7.1至-2.8个百分点", "−7.1至−2.8个百分点"),
        ("2025-03-31, 91-120, as-is --runs", "2025-03-31, 91-120, as-is --runs"),
    ],
)
def test_minus_signs_are_true_ones_and_hyphens_stay(text: str, told: str):
    assert fine(text) == told


def test_a_range_breaks_between_its_ends():
    assert split_range("1 to 2") == "1 to " + BREAK + "2"
    assert split_range("1至2") == "1至" + BREAK + "2"

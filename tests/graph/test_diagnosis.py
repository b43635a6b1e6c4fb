"""Why a link leads nowhere, what it means, and the exact text that mends it."""

import json
from collections.abc import Iterable, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shared.vaults import MakeVault, parsed

from vault_tools import Vault
from vault_tools.dialect.periodic import periodic
from vault_tools.graph.build import build
from vault_tools.graph.nearest import Nearest
from vault_tools.graph.resolve import Resolver
from vault_tools.graph.sections import Sections
from vault_tools.insights import missing
from vault_tools.model.finding import Context, Finding
from vault_tools.model.graph import BrokenLink, KnowledgeGraph
from vault_tools.model.note import Source
from vault_tools.model.vocabulary import Conventions, LinkFormat, Period
from vault_tools.parse import note
from vault_tools.settings.parsing import parse_settings
from vault_tools.settings.vocabulary import build_vocabulary
from vault_tools.shipped import asset
from vault_tools.store.locales import locale

VOCABULARY = build_vocabulary(asset("vocabulary.toml"), parse_settings(""), {})


def graph(
    files: Mapping[str, str],
    *,
    form: LinkFormat = "shortest",
    periods: tuple[Period, ...] = (),
    hidden: Iterable[str] = (),
) -> KnowledgeGraph:
    """Build the graph of some files."""
    return build(parsed(files), files, VOCABULARY, Conventions(periods=periods, link_format=form), hidden=hidden)


def only(files: Mapping[str, str], **said: object) -> BrokenLink:
    """Give the one broken link of some files."""
    (broken,) = graph(files, **said).broken  # type: ignore[arg-type]
    return broken


def ask_missing(whole: KnowledgeGraph) -> list[Finding]:
    """Ask which notes ought to be written."""
    return list(missing.find(whole, Context()))


# ---------------------------------------------------------------- the reasons


def test_a_broken_link_to_an_alias_is_mended_by_its_note_and_still_shows_the_alias() -> None:
    """`[[Alias]]` finds nothing in Obsidian; `[[Note|Alias]]` does, and reads the same."""
    files = {"x/Kalman filter.md": "---\naliases: [KF, 卡尔曼滤波]\n---\n", "a.md": "[[KF]]"}
    broken = only(files)
    assert (broken.reason, broken.meant, broken.replacements) == (
        "alias-as-target", ("x/Kalman filter.md",), ("[[Kalman filter|KF]]",),
    )  # fmt: skip
    assert only(files | {"a.md": "[[卡尔曼滤波]]"}).replacements == ("[[Kalman filter|卡尔曼滤波]]",)
    assert only(files | {"a.md": "[[kf|the filter]]"}).replacements == ("[[Kalman filter|the filter]]",)


def test_a_broken_link_finds_an_alias_in_any_spelling() -> None:
    """With `.md`, as Markdown links and canvases say it, or in a folder: the name is the same, and not missed."""
    files = {"Quantization.md": "---\naliases: [Quant, 量化]\n---\n"}
    links = "[x](Quant.md) [[Quant]] [[quant.MD]] [x](Old/Quant) [量](量化.md)\nrequires:: [[Quant]]\n"
    board = '{"nodes": [{"id": "1", "type": "file", "file": "Quant.md"}]}'
    whole = graph(files | {"a.md": links, "b.canvas": board})
    assert {broken.reason for broken in whole.broken} == {"alias-as-target"}
    assert whole.broken[0].replacements == ("[x](Quantization.md)",)
    assert whole.broken[1].replacements == ("[[Quantization|Quant]]",)
    names = {name for name in whole.nodes if name.startswith("missing://")}
    assert names == {"missing://Quant", "missing://Old/Quant", "missing://量化"}
    assert "requires" in {edge.relation for edge in whole.incoming["missing://Quant"]}
    assert not ask_missing(whole)


def test_a_note_in_another_folder_is_offered_by_the_path_that_finds_it() -> None:
    """Written in the form of the vault's links."""
    files = {"Areas/AI/Agents.md": "", "a.md": "[[Old/Agents|agents]]"}
    broken = only(files)
    assert (broken.reason, broken.meant) == ("wrong-folder", ("Areas/AI/Agents.md",))
    assert broken.replacements == ("[[Agents|agents]]",)
    assert only(files, form="absolute").replacements == ("[[Areas/AI/Agents|agents]]",)
    assert only(files | {"a.md": "[x](Old/Agents.md)"}).replacements == ("[x](Agents.md)",)


def test_a_broken_link_that_may_mean_several_files_is_offered_each() -> None:
    """By the same name in two folders, or the same alias of two notes."""
    broken = only({"x/N.md": "", "y/N.md": "", "a.md": "[[z/N]]"})
    assert (broken.reason, broken.replacements) == ("ambiguous", ("[[x/N]]", "[[y/N]]"))
    aliased = "---\naliases: one\n---\n"
    broken = only({"P.md": aliased, "Q.md": aliased, "a.md": "[[One]]"})
    assert (broken.reason, broken.replacements) == ("ambiguous", ("[[P|One]]", "[[Q|One]]"))


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("[[N#Headng one]]", "[[N#Heading one]]"),
        ("[[N#^blok-1|x]]", "[[N#^block-1|x]]"),
        ("![[N#C and]]", "![[N#C and F]]"),
        ("[[N#Nothing like it]]", "[[N]]"),
        ("[t](N.md#Headng%20one)", "[t](N.md#Heading%20one)"),
    ],
)
def test_a_broken_link_to_a_heading_or_block_is_offered_the_nearest(text: str, mended: str) -> None:
    """Or to the note alone, if none is near."""
    broken = only({"N.md": "# Heading one\n\ntext ^block-1\n\n## C# and F#\n", "a.md": text})
    assert (broken.reason, broken.meant, broken.replacements) == ("heading-or-block-missing", ("N.md",), (mended,))


def test_a_link_to_a_note_that_obsidian_does_not_see_is_reported_and_not_mended() -> None:
    """In the trash, or taken off the disk by iCloud: the link is right, the note must come back."""
    for hidden in (".trash/Old idea.md", "x/Old idea.md"):
        broken = only({"a.md": "[[Old idea]]"}, hidden=[hidden])
        assert (broken.reason, broken.meant, broken.replacements) == ("excluded-or-hidden", (hidden,), ())


@pytest.mark.parametrize("target", ["{{title}}", "<% tp.file.title %>", "Logs/${date}"])
def test_a_placeholder_of_a_template_is_nothing_to_mend(target: str) -> None:
    """It becomes a link when the template is used."""
    assert (only({"a.md": f"[[{target}]]"}).reason, only({"a.md": f"[[{target}]]"}).replacements) == (
        "template-placeholder",
        (),
    )


def test_a_day_that_has_no_note_yet_is_nothing_to_mend() -> None:
    """By the vault's own formats, or as an ISO date."""
    week = Period("weekly", "W", r"\d{4}-W\d{2}")
    assert only({"a.md": "[[2031-05-06]]"}).reason == "date-not-yet-written"
    assert only({"a.md": "[[W/2031-W07]]"}, periods=(week,)).reason == "date-not-yet-written"
    assert only({"a.md": "[[2031-W07]]"}, periods=(week,)).reason == "date-not-yet-written"
    assert only({"a.md": "[[2031-W07]]"}).reason == "no-such-note"


@pytest.mark.parametrize(
    ("form", "real", "none"),
    [
        ("", "2024-02-29", ["2024-13-45", "2024-02-30", "2023-02-29", "2024-00-10", "2024-01-00", "1900-02-29"]),
        ("YYYY-MM-DD", "D/2024-02-29", ["D/2024-02-30", "D/2024-13-01"]),
        ("YYYY年M月D日", "D/2024年2月29日", ["D/2024年2月30日", "D/2024年13月1日"]),
        ("D MMMM YYYY", "D/31 May 2031", ["D/32 May 2031"]),
        ("gggg-[W]ww", "D/2024-W53", ["D/2024-W54", "D/2024-W00"]),
        ("YYYY-[Q]Q", "D/2024-Q4", ["D/2024-Q5"]),
        ("YYYY-DDDD", "D/2024-366", ["D/2024-367"]),
    ],
)
def test_a_day_that_no_calendar_has_is_no_day(form: str, real: str, none: list[str]) -> None:
    """A name that only looks like a date is one of a note."""
    english, _ = locale("en")
    periods = (periodic("daily", "D", form).period(english),) if form else ()
    assert only({"a.md": f"[[{real}]]"}, periods=periods).reason == "date-not-yet-written"
    for name in none:
        assert only({"a.md": f"[[{name}]]"}, periods=periods).reason == "no-such-note"


def test_a_broken_link_is_offered_a_very_similar_name_or_plain_text() -> None:
    """A note that is merely similar is offered, never assumed; digits tell notes apart."""
    files = {"Transformer.md": "", "a.md": "[[Tranformer|it]]"}
    assert (only(files).reason, only(files).replacements) == ("no-such-note", ("[[Transformer|it]]",))
    assert only(files | {"a.md": "[[Diffusion|it]]"}).replacements == ("it",)
    assert only(files | {"a.md": "[[Transformer 2]]"}).replacements == ("Transformer 2",)
    dated = {"2020-11-10--14-53-15Z--xml.md": "", "a.md": "[[2020-11-10--14-59-52Z--ssl]]"}
    assert only(dated).replacements == ("2020-11-10--14-59-52Z--ssl",)


@pytest.mark.parametrize(
    ("wanted", "held"),
    [
        ("Sales", "Sale"),
        ("Ann", "Anna"),
        ("Kalmanfilter", "Kalman filter"),
        ("GPT 4 notes", "GPT-4 notes"),
        ("显存管里", "显存管理"),
        ("卡尔曼滤波", "卡尔曼滤波器"),
    ],
)
def test_a_typing_mistake_in_a_link_is_offered_as_a_guess(wanted: str, held: str) -> None:
    """Marked as one, however likely; a note in another folder is none."""
    broken = only({f"{held}.md": "", "a.md": f"[[{wanted}]]"})
    assert (broken.replacements, broken.guess) == ((f"[[{held}]]",), True)
    assert only({f"{held}.md": "", "a.md": f"[x]({wanted.replace(' ', '%20')}.md)"}).meant == (f"{held}.md",)
    assert not only({f"{held}.md": "", "a.md": f"[[x/{held}]]"}).guess
    assert not only({f"{held}.md": "", "a.md": "[[Nothing like it]]"}).guess


@pytest.mark.parametrize(
    ("wanted", "held"),
    [
        ("Part A", "Part B"),
        ("A Kalman filter", "Kalman filter"),
        ("2024-01 review", "2024-01-01 review"),
        ("Chaptr 2", "Chapter 1"),
        ("World War II", "World War I"),
        ("C basics", "C++ basics"),
        ("Machine learning ops", "Machine learning"),
        ("Review of June 2024", "Review of July 2024"),
        ("线性代数二", "线性代数"),
        ("现代汉语词典上", "现代汉语词典下"),
        ("甲方合同管理", "乙方合同管理"),
        ("线性代数应用", "线性代数"),
        ("内存管理", "显存管理"),
    ],
)
def test_a_note_that_differs_in_a_number_a_letter_or_a_word_is_never_offered_for_a_link(wanted: str, held: str) -> None:
    """What differs in a number, a letter or a word is another note, whichever of the two is there."""
    for there, asked in ((held, wanted), (wanted, held)):
        broken = only({f"{there}.md": "", "a.md": f"[[{asked}]]"})
        assert (broken.meant, broken.replacements, broken.guess) == ((), (asked,), False)


MEMBERS = ("1", "23", "A", "b", "II", "iv", "上", "三", "丁", "十二", "2024-01", "2024-01-01")


@given(st.text("abkl 字学-", min_size=1, max_size=9), st.sampled_from(MEMBERS), st.sampled_from(("", *MEMBERS)))
def test_notes_of_a_series_are_never_taken_for_each_other(series: str, one: str, other: str) -> None:
    """Whatever the series is called; a member is only near itself."""
    names = Nearest([f"{series} {one}".strip()], 0.5)
    wanted = f"{series} {other}".strip()
    if one.lower() != other.lower():
        assert names.to(wanted) is None
    assert names.to(f"{series} {one}".strip()) is not None


def test_a_similar_heading_and_one_of_several_files_are_offered_as_guesses() -> None:
    """The note alone is none."""
    assert only({"N.md": "# Idea", "a.md": "[[N#Idee]]"}).guess
    assert not only({"N.md": "# Idea", "a.md": "[[N#Nothing like it]]"}).guess
    assert only({"x/N.md": "", "y/N.md": "", "a.md": "[[z/N]]"}).guess


def test_a_longer_heading_that_begins_with_the_words_of_a_link_is_offered() -> None:
    """A block id is a part of a heading's text, so that links to what stands before it find nothing."""
    text = "[[#With]] [[#引言]]\n\n## With ^blockid\n\n## 引言 ^二\n\n## Part A\n\n## Part B\n"
    whole = graph({"a.md": text})
    assert [broken.replacements for broken in whole.broken] == [("[[#With blockid]]",), ("[[#引言 二]]",)]
    assert only({"a.md": text, "b.md": "[[a#Part]]"} | {"a.md": "## Part A\n\n## Part B\n"}).replacements == ("[[a]]",)


def test_a_block_whose_number_sign_was_forgotten_is_offered() -> None:
    """`[[Note^id]]` names a file in Obsidian."""
    files = {"x/量化.md": "text ^abc\n", "a.md": "[[量化^abc]] ![[量化^abc|see]]"}
    first, second = graph(files).broken
    assert (first.reason, first.meant, first.guess) == ("no-such-note", ("x/量化.md",), True)
    assert (first.replacements, second.replacements) == (("[[量化#^abc]]",), ("![[量化#^abc|see]]",))
    assert only(files | {"a.md": "[[量化^gone]]"}).meant == ()


@pytest.mark.parametrize(
    ("written", "texts"),
    [
        ("![[gone.png|300]]", ()),
        ("![[gone.png|300x200]]", ()),
        ("![[gone.png|cap|300]]", ("cap",)),
        ("![[gone.png|图 3]]", ("图 3",)),
        ("![alt|300](gone.png)", ("alt",)),
        ("![300](gone.png)", ()),
        ("![](gone.png)", ("gone.png",)),
        ("[[gone|300]]", ("300",)),
        ("| a |\n| - |\n| ![[gone.png\\|cap\\|300]] |", ("cap",)),
    ],
)
def test_the_size_of_an_embedded_picture_is_not_its_text(written: str, texts: tuple[str, ...]) -> None:
    """Its caption is; what links to a note shows is too, be it a number."""
    assert only({"a.md": written}).replacements == texts


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ('[m](N.md#Introo "title")', '[m](N.md#Intro "title")'),
        ("[m](<y/N.md> 'a (b) \"c\"')", "[m](N.md 'a (b) \"c\"')"),
        ('[say "hi"](y/N.md (t))', '[say "hi"](N.md (t))'),
        ("[a|b *c* \\* `d`](y/N.md)", "[a|b *c* \\* `d`](N.md)"),
        ("[图|300](y/N.md)", "[图|300](N.md)"),
        ("![cap|300](y/p.png)", "![cap|300](p.png)"),
        ("[![a](p.png)](y/N.md)", "[![a](p.png)](N.md)"),
        ('> [one\n> two](y/N.md\n> "t")', '[one\n> two](N.md\n> "t")'),
        ("| a |\n| - |\n| [x\\|y](y/N.md) |", "[x\\|y](N.md)"),
        ("| a |\n| - |\n| ![[y/p.png\\|cap\\|300]] |", "![[p.png\\|cap\\|300]]"),
    ],
)
def test_a_mended_link_keeps_its_text_and_title(written: str, mended: str) -> None:
    """To the letter: nothing in them is escaped that was not."""
    assert only({"x/N.md": "# Intro\n", "x/p.png": "", "a.md": written}).replacements == (mended,)


def test_the_replacement_of_a_broken_link_fits_its_place() -> None:
    """In a table its bar is escaped; an embed stays one; a canvas names the path."""
    files = {"x/N.md": "---\naliases: [B]\n---\n# H\n"}
    table = "| a |\n| - |\n| [[B]] |\n"
    assert only(files | {"a.md": table}).replacements == ("[[N\\|B]]",)
    assert only(files | {"a.md": "![[y/N#h]]"}).replacements == ("![[N#h]]",)
    assert only(files | {"a.md": '---\nup: "[[y/N]]"\n---\n'}).replacements == ("[[N]]",)
    board = '{"nodes": [{"id": "1", "type": "file", "file": "y/N.md"}]}'
    assert only(files | {"a.canvas": board}).replacements == ("x/N.md",)


def canvas(path: str, subpath: str = "") -> str:
    """Write a canvas of one file card."""
    card = {"id": "1", "type": "file", "file": path} | ({"subpath": subpath} if subpath else {})
    return json.dumps({"nodes": [card]})


def test_a_broken_file_card_is_mended_by_the_path_for_its_file() -> None:
    """What is replaced is the value of `file`, as it stands there; `subpath` is a value of its own."""
    files = {"x/笔记.md": "# Head\n"}
    moved = only(files | {"a.canvas": canvas("y/笔记.md", "#Head")})
    assert (moved.link.raw, moved.replacements) == (r"y/\u7b14\u8bb0.md", ("x/笔记.md",))
    text = canvas("y/笔记.md", "#Head")
    mended = graph(files | {"a.canvas": text.replace(moved.link.raw, moved.replacements[0])})
    assert not mended.broken
    assert only({"a.canvas": canvas("gone.md")}).replacements == ()
    wrong = only(files | {"a.canvas": canvas("x/笔记.md", "#Haed")})
    assert (wrong.link.raw, wrong.replacements, wrong.guess) == ("#Haed", ("#Head",), True)
    assert only(files | {"a.canvas": canvas("x/笔记.md", "#Nothing")}).replacements == ()


NAMES = ["N", "M", "n", "x y", "字", "v1.2", "2031-01-01", "{{t}}", "a#b", "K|", "^", "C# [x]", "é", "e\u0301"]
paths = st.lists(st.sampled_from(["x", "y", *NAMES]), min_size=1, max_size=3).map("/".join)
TEXTS = ("", "# H\nt ^b", "---\naliases: [é, 字, q]\n---\n")
LINKS = ("[[{}]]", "![[{}|d]]", "[t]({})", '[t|*x*](<{}> "(title)")', "| a |\n| - |\n| [[{}]] |")
targets = st.tuples(paths, st.sampled_from(["", "#H", "#G", "#^b"])).map("".join)


@settings(max_examples=400, deadline=None, derandomize=True)
@given(
    st.dictionaries(paths.map(lambda path: path + ".md"), st.sampled_from(TEXTS)),
    st.lists(st.tuples(st.sampled_from(LINKS), targets), max_size=4),
    st.sampled_from(["shortest", "relative", "absolute"]),
)
def test_the_replacement_of_a_broken_link_finds_its_file(
    files: dict[str, str], links: list[tuple[str, str]], form: LinkFormat
) -> None:
    """Every replacement that means a file is one link to it that is not broken, whatever the vault."""
    files = {**files, "y/src.md": "\n\n".join(form.format(target) for form, target in links)}
    whole = graph(files, form=form)
    held = {path: node.note for path, node in whole.nodes.items() if node.note}
    for broken in whole.broken:
        for path, text in zip(broken.meant, broken.replacements, strict=False):
            place = f"| a |\n| - |\n| {text} |" if broken.link.cell else text
            (link,) = note.parse(Source("y/src.md", place, "")).links
            resolved = Resolver(files).resolve(link.target, "y/src.md")
            assert resolved in broken.meant
            assert len(broken.replacements) < len(broken.meant) or resolved == path
            found = held[resolved]
            assert found is not None
            assert not link.subpath or Sections(found).find(link.subpath) is not None
            assert link.display in {broken.link.display, broken.link.target.rpartition("/")[2], None}


# ---------------------------------------------------------------- in a vault on disk


def test_the_report_says_what_to_write_in_the_place_of_a_broken_link(vault: MakeVault) -> None:
    """Under `Broken links`, as text that makes no link of its own."""
    root = vault(
        {
            "Kalman filter.md": "---\naliases: [KF]\n---\n# Idea\n",
            "a.md": "one\n[[KF]] [[Old/Kalman filter]] [[Kalman filter#Idee]] [[{{title}}]] [[2031-01-01]]\n[[Gone]]",
            ".trash/Gone.md": "",
        }
    )
    opened = Vault.open(root, cache=False)
    assert [finding.subject.id for finding in opened.findings["missing"]] == []
    opened.report()
    text = next(page.text for page in opened.pages() if page.path.endswith("Gaps.md"))
    section = text.partition("## Broken links")[2].partition("\n## ")[0]
    for mended in (r"\[\[Kalman filter\|KF\]\]", r"\[\[Kalman filter\]\]", r"\[\[Kalman filter\#Idea\]\]"):
        assert f"change it to {mended}" in section
    assert r"\[\[Kalman filter\#Idea\]\], if that is what you meant" in section
    assert section.count("if that is what you meant") == 1
    assert ".trash/Gone" in section
    assert "move it back" in section
    assert section.count("\n- ") == 4

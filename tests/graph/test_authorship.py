"""A note that is still as its template left it: none of its words are the writer's."""

# ruff: noqa: D103  (a test is named for what it holds)

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shared.vaults import MakeVault

from vault_tools import Vault, shipped
from vault_tools.authoring import create
from vault_tools.graph.authorship import own_words
from vault_tools.learning.supply import is_stub
from vault_tools.model.note import Source
from vault_tools.parse import note
from vault_tools.parse.note import count_words

NOW = datetime(2024, 5, 6, 13, 5, 9, tzinfo=UTC)
LANGUAGES = ["en", *shipped.note_languages()]
NAMES = list(shipped.note_templates())


def words_of(root: Path, path: str) -> int:
    """Return how many words of a note count as its writer's."""
    graph = Vault.open(root, cache=False).knowledge
    return own_words(graph, graph.nodes[path])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_template_says_in_one_line_what_it_is_for(name: str, language: str) -> None:
    """In a comment of Obsidian's below the properties: nobody reads it in the finished note, and it links nothing."""
    text = shipped.note_templates(language)[name]
    first = text.partition("\n---\n\n")[2].partition("\n")[0]
    assert first.startswith("%% ")
    assert first.endswith(" %%")
    assert first.count("%%") == 2
    hints = "\n".join(line for line in text.splitlines() if line.startswith("%% "))
    read = note.parse(Source("a.md", hints, ""))
    assert (read.links, read.fields, read.body_tags, read.problems) == ((), (), (), ())
    assert read.excerpt == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_template_of_a_log_explains_outcome_effect_and_rating(language: str) -> None:
    names = {"en": ("outcome", "effect", "rating"), "zh": ("结果", "效果", "评分")}[language]
    lines = shipped.note_templates(language)["log"].splitlines()
    assert [line for line in lines if line.startswith("%%") and all(name in line for name in names)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_note_as_its_template_made_it_is_a_stub(name: str, language: str, vault: MakeVault) -> None:
    """Headings, hints and empty lists are the template's, whatever language the vault has."""
    for spoken in LANGUAGES:
        root = vault({"vault-tools.toml": f'language = "{language}"'})
        made = create.create(Vault.open(root, cache=False), name, "A title", NOW).path
        (root / "vault-tools.toml").write_text(f'language = "{spoken}"')
        graph = Vault.open(root, cache=False).knowledge
        assert own_words(graph, graph.nodes[made]) == 0
        assert is_stub(graph, graph.nodes[made], 1)


TEXT = st.lists(st.sampled_from(["one word", "再写一句", "- [ ] do it", "# Own heading", "", "  indented"]), max_size=8)


@given(lines=TEXT, name=st.sampled_from(NAMES), language=st.sampled_from(LANGUAGES))
def test_own_words_in_a_filled_template_are_counted_to_the_word(lines: list[str], name: str, language: str) -> None:
    """Wherever it stands, and no line of it is taken for the template's."""
    from shared.vaults import parsed

    from vault_tools.forms import Forms
    from vault_tools.graph.build import build
    from vault_tools.settings.parsing import parse_settings
    from vault_tools.settings.vocabulary import build_vocabulary

    toml = shipped.asset("vocabulary.toml")
    forms = Forms(build_vocabulary(toml, parse_settings(""), {}), language, {}, {})
    vocabulary = build_vocabulary(toml, parse_settings(""), forms.declared(), forms.lines())
    text = "\n".join([shipped.note_templates(language)[name], *lines])
    graph = build(parsed({"a.md": text}), ["a.md"], vocabulary)
    assert own_words(graph, graph.nodes["a.md"]) == sum(map(count_words, lines))


def test_lines_of_a_template_of_the_vault_are_no_own_words(vault: MakeVault) -> None:
    template = "---\ntype: knowledge\n---\n# {{title}}\n\nSay it in one sentence, for a new colleague.\n\n## Pitfalls\n"
    root = vault({".obsidian/templates.json": '{"folder": "T"}', "T/Knowledge.md": template, "KV cache.md": ""})
    text = template.replace("{{title}}", "KV cache")
    (root / "KV cache.md").write_text(text)
    assert words_of(root, "KV cache.md") == 0
    (root / "KV cache.md").write_text(text + "\nIt grows.\n")
    assert words_of(root, "KV cache.md") == 2


def test_a_line_from_the_template_of_another_type_counts_as_own_words(vault: MakeVault) -> None:
    root = vault({"A.md": "---\ntype: knowledge\n---\n## What I took from it\n"})
    assert words_of(root, "A.md") == count_words("## What I took from it")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_project_is_not_ready_while_what_it_needs_is_an_untouched_template(language: str, vault: MakeVault) -> None:
    project = "---\ntype: project\nstatus: active\nrequires: ['[[Cache]]']\n---\nwords\n"
    root = vault({"vault-tools.toml": f'language = "{language}"', "P.md": project})
    create.create(Vault.open(root, cache=False), "knowledge", "Cache", NOW)
    (found,) = Vault.open(root, cache=False).findings["prerequisites"]
    assert found.subject.id.endswith("Cache.md")

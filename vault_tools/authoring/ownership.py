"""Whose note it is: the template that an existing note belongs to, by its folder, its name, or what it contains."""

from collections.abc import Mapping, Sequence

from vault_tools.authoring.draft import Drafts
from vault_tools.dialect.filenames import is_hidden
from vault_tools.dialect.periodic import FORMATS
from vault_tools.forms import Template
from vault_tools.graph.names import file_key
from vault_tools.model.graph import Node
from vault_tools.model.note import Value
from vault_tools.parse.frontmatter import values_called


def owner(drafts: Drafts, path: str) -> Template | None:
    """Return the template of the notes in a note's folder, as our settings, Obsidian's, or a rule have it."""
    vault = drafts.vault
    settings = sorted(vault.settings.folders.items(), key=lambda row: -len(row[1]))
    for word, folder in settings:
        if _below(path, folder):
            return _one_of(drafts, path, vault.forms.called(word))
    for notes in vault.obsidian.periodic:
        if drafts.is_of(notes, path):
            return vault.forms.templates.get(notes.kind)
    for rule in vault.settings.rules:
        if rule.folder and _below(path, rule.folder):
            return _one_of(drafts, path, vault.forms.called(rule.type))
    return None


def has_owner(drafts: Drafts, path: str) -> bool:
    """Tell whether a note's folder belongs to a type, which may have no template."""
    vault = drafts.vault
    folders = [*vault.settings.folders.values(), *(rule.folder for rule in vault.settings.rules if rule.folder)]
    return any(_below(path, folder) for folder in folders)


def _below(path: str, folder: str) -> bool:
    return not is_hidden(path) and file_key(path).startswith(file_key(folder.strip("/")) + "/")


def _one_of(drafts: Drafts, path: str, templates: tuple[Template, ...]) -> Template | None:
    """Choose among the templates of a type by the period in the note's name."""
    if len(templates) < 2:  # noqa: PLR2004
        return templates[0] if templates else None
    kind = drafts.kind_of(path)
    return next((template for template in templates if template.form.name == kind), None)


def template_of_known(drafts: Drafts, node: Node) -> Template | None:
    """Return the template of a note whose type is known: by its own word, its period, or the sections that it has."""
    templates = drafts.vault.forms.all_of(node.type)
    if not templates:
        return owner(drafts, node.id)
    if len(templates) == 1:
        return templates[0]
    by_word = _by_own_word(drafts, node)
    if by_word in templates:
        return by_word
    dated = _by_period(drafts, node, templates)
    return dated or _most_alike(drafts, node, [one for one in templates if one.form.name not in FORMATS])


def _properties(node: Node) -> Mapping[str, Value]:
    return (node.note.frontmatter if node.note else None) or {}


def _by_own_word(drafts: Drafts, node: Node) -> Template | None:
    """Return the only template that a note's property `type` means; None if this is just the name of the type."""
    word = values_called(_properties(node), "type")
    templates = drafts.vault.forms.called(word) if isinstance(word, str) else ()
    if len(templates) != 1 or templates[0].form.name == node.type:
        return None
    return templates[0]


def _by_period(drafts: Drafts, node: Node, templates: Sequence[Template]) -> Template | None:
    """Return the template of the period that a note's name says, or else its property `period`."""
    meaning = drafts.vault.forms.meaning
    period = next((value for name, value in _properties(node).items() if meaning(name) == "period"), None)
    by_kind = {template.form.name: template for template in reversed(templates)}
    return by_kind.get(drafts.kind_of(node.id)) or by_kind.get(drafts.kind_of(str(period)))


def _most_alike(drafts: Drafts, node: Node, templates: list[Template]) -> Template | None:
    """Return the template with the most of a note's sections; if no section tells, the one called like the type."""
    heading = drafts.vault.forms.heading
    has = {heading(each.text) for each in node.note.headings} if node.note else set()

    def shared(one: Template) -> tuple[int, bool]:
        return len({heading(section.text) for section in one.form.sections} & has), one.form.name == node.type

    return max(templates, key=shared, default=None)

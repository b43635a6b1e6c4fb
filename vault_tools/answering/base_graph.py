"""The graph of a vault as its files give it, before anything is concluded about learning."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from vault_tools.dialect.periodic import customary
from vault_tools.graph.build import Built, rebuild
from vault_tools.graph.copies import with_copies
from vault_tools.graph.frame import Rules, frame
from vault_tools.graph.redirect import redirect_links
from vault_tools.graph.unapplied import unapplied_filters, unapplied_searches
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.note import Note, Problem
from vault_tools.model.vocabulary import Conventions
from vault_tools.reading.snapshot import Snapshot
from vault_tools.render import regions

_Problems = Mapping[str, tuple[Problem, ...]]


def build_graph(snapshot: Snapshot, before: Built | None) -> Built:
    """Build the graph from the notes; only what changed since `before` is computed again."""
    files, found = snapshot.files, snapshot.survey
    silent = [*snapshot.vault.own_paths, *files.skipped, *files.copies]
    lost = [*files.hidden, *files.copies]
    rules = Rules(snapshot.terms.vocabulary, _conventions(snapshot))
    now = frame(snapshot.notes, found.files, rules, silent, lost, before.frame if before else None)
    return rebuild(now, {**found.problems, **snapshot.terms.problems}, before)


def base_graph(snapshot: Snapshot, build: Built) -> KnowledgeGraph:
    """Return the graph with all that is wrong in the files and settings."""
    graph = with_problems(redirect_links(build.graph), _unfillable(snapshot.notes))
    graph = with_problems(graph, _unapplied(snapshot))
    return with_copies(graph, snapshot.files.copies, snapshot.files.doubles)


def _conventions(snapshot: Snapshot) -> Conventions:
    """Return how notes are read, with the periods that the names of the notes show."""
    names = (note.path.rpartition("/")[2].removesuffix(".md") for note in snapshot.notes)
    periods = customary(names, snapshot.vault.obsidian.periodic, snapshot.terms.locale)
    return replace(snapshot.terms.conventions, periods=tuple(periods))


def with_problems(graph: KnowledgeGraph, more: _Problems) -> KnowledgeGraph:
    """Return a graph with further problems, behind those that each file has already."""
    if not more:
        return graph
    both = {path: (*graph.problems.get(path, ()), *problems) for path, problems in more.items()}
    return replace(graph, problems={**graph.problems, **both})


def _unfillable(notes: Iterable[Note]) -> _Problems:
    """Return the problems of regions that cannot be filled, by note."""
    marked = [note for note in notes if note.regions]
    known = regions.kinds() if marked else {}
    return {note.path: problems for note in marked if (problems := tuple(regions.unknown(known, note)))}


def _unapplied(snapshot: Snapshot) -> _Problems:
    """Return the problems of Obsidian's filters and searches that are not applied, by the file that holds them."""
    obsidian = snapshot.vault.obsidian
    problems = {
        f"{obsidian.folder}/app.json": tuple(unapplied_filters(obsidian.app.user_ignore_filters)),
        f"{obsidian.folder}/graph.json": tuple(unapplied_searches(group.query for group in obsidian.color_groups)),
    }
    return {path: each for path, each in problems.items() if each}

"""A map stays put when a vault changes, for then one knows one's way about in it."""

import random
import time
from dataclasses import replace
from unicodedata import normalize

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shared.maps import Net, changed, clusters, moved, overlap, power_law, purity, spots

from vault_tools.map.layout import places
from vault_tools.model.places import ALONE, Places

NETS = {
    "a vault": Net.of(660, clusters(600, 9)),
    "a power law": Net.of(600, power_law(600)),
}


@pytest.mark.parametrize("name", NETS)
@pytest.mark.parametrize("seed", range(4))
def test_notes_that_did_not_change_do_not_move_on_the_map(name: str, seed: int) -> None:
    """1 % of the notes went, 1 % came, 1 % are called otherwise, 1 % of the links went and came."""
    before = places(NETS[name].graph)
    after, names, touched = changed(NETS[name], 0.01, seed)
    far = moved(before, places(after.graph, before), names)
    renamed = set(names.values())
    assert max(share for note, share in far.items() if note not in touched | renamed) < 0.02
    assert np.mean([share > 0.02 for share in far.values()]) < 0.02


@pytest.mark.parametrize("name", NETS)
def test_a_note_whose_neighbours_are_the_same_does_not_move_at_all(name: str) -> None:
    """Not by a single unit, whatever happens elsewhere, twenty times in a row."""
    net, before = NETS[name], places(NETS[name].graph)
    first, untouched, renamed = before, set(net.names), set[str]()
    for seed in range(20):
        net, names, touched = changed(net, 0.003, seed)
        near = {end for edge in net.edges if {*names.values()} & {*edge[:2]} for end in edge[:2]}
        untouched -= touched | near | names.keys()
        renamed |= names.keys()
        before = places(net.graph, before)
    far = moved(first, before)
    assert len(untouched) > len(net.names) / 4
    assert {far[note] for note in untouched if note in far} == {0.0}
    assert np.mean([share > 0.02 for share in far.values()]) < 0.08
    assert purity(before) > 0.9
    assert overlap(net.graph, before) <= 0.01


@settings(max_examples=8)
@given(st.lists(st.tuples(st.integers(0, 99), st.sampled_from([0.0, 0.005, 0.02, 0.1])), max_size=4))
def test_a_map_of_an_unchanged_vault_stays_the_same(steps: list[tuple[int, float]]) -> None:
    """Nothing changed, nothing moves: also after any chain of changes."""
    net = Net.of(130, clusters(120, 4))
    before = places(net.graph)
    for step, (seed, share) in enumerate(steps):
        net = changed(net, share, 100 * step + seed)[0]
        before = places(net.graph, before)
        assert places(net.graph, before) == before


def test_a_new_note_is_placed_near_its_neighbours() -> None:
    """It joins the community, and finds a free spot among its neighbours."""
    net = NETS["a vault"]
    before = places(net.graph)
    group = [name for name in net.names[:600] if int(name[-9:-3]) % 9 == 3]
    friends = random.Random(1).sample(group, 3)
    after = grown(net, ["new.md"], [("new.md", friend) for friend in friends])
    found = places(after.graph, before)
    at = dict(zip(found.ids, spots(found), strict=True))
    wish = np.mean([at[friend] for friend in friends], axis=0)
    assert np.hypot(*(at["new.md"] - wish)) < 0.05 * (max(found.x) - min(found.x))
    assert community(found, "new.md") == community(found, friends[0])
    assert overlap(after.graph, found) <= 0.01


def test_new_notes_that_are_linked_to_each_other_become_a_new_community() -> None:
    """They stand side by side, where nobody stood, and no other community is called otherwise."""
    net = NETS["a vault"]
    before = places(net.graph)
    new = [f"island {number}.md" for number in range(20)]
    links = [(one, other) for one in new for other in new[:4] if one != other]
    after = grown(net, new, [*links, (new[0], net.names[5])])
    found = places(after.graph, before)
    numbers = {community(found, name) for name in new}
    assert numbers == {max(before.communities) + 1}
    assert set(moved(before, found).values()) == {0.0}
    assert purity(found, [int(name in new) for name in found.ids]) > 0.99
    assert overlap(after.graph, found) <= 0.01


def test_the_number_of_a_removed_community_is_used_again() -> None:
    """Numbers stay small, for colours are chosen by them."""
    net = Net.of(
        300, [(one, other, False) for at in range(0, 300, 30) for one in range(at, at + 30) for other in (at, at + 1)]
    )
    before = places(net.graph)
    gone = [name for name, number in zip(before.ids, before.communities, strict=True) if number == 4]
    between = places(net.without(gone).graph, before)
    new = [f"island {number}.md" for number in range(10)]
    after = grown(net.without(gone), new, [(one, new[0]) for one in new[1:]])
    assert {community(places(after.graph, between), name) for name in new} == {4}


@pytest.mark.parametrize("name", NETS)
def test_a_note_that_is_renamed_stays_where_it_was(name: str) -> None:
    """It is known by its neighbours, and that does not count as something new."""
    net = NETS[name]
    before = places(net.graph)
    names = {old: f"Elsewhere/{number} renamed.md" for number, old in enumerate(net.names[10:590:29])}
    found = places(net.renamed(names).graph, before)
    far = moved(before, found, names)
    assert np.mean([far[new] == 0 for new in names.values()]) > 0.8
    assert max(share for note, share in far.items() if note not in names.values()) == 0


def test_a_folder_that_is_renamed_moves_nothing() -> None:
    """All of its notes are known by their names, however many they are."""
    net = NETS["a vault"]
    before = places(net.graph)
    names = {name: name.replace("Area", "Realm") for name in net.names}
    found = places(net.renamed(names).graph, before)
    assert set(moved(before, found, names).values()) == {0.0}
    assert found.drift == 0


def test_a_missing_note_that_is_written_keeps_its_place() -> None:
    """It is no new note, and may say more than before."""
    net = NETS["a vault"].renamed({NETS["a vault"].names[40]: "missing://To be"})
    before = places(net.graph)
    written = grown(net.renamed({"missing://To be": "Folder/To be.md"}), [], [("Folder/To be.md", net.names[49])])
    far = moved(before, places(written.graph, before), {"missing://To be": "Folder/To be.md"})
    assert set(far.values()) == {0.0}


def test_a_note_that_is_removed_leaves_a_hole() -> None:
    """Nobody moves up."""
    net = NETS["a vault"]
    before = places(net.graph)
    lone = next(name for name, number in zip(before.ids, before.communities, strict=True) if number == ALONE)
    found = places(net.without([lone]).graph, before)
    assert set(moved(before, found).values()) == {0.0}


def test_a_new_note_that_is_tied_to_nothing_joins_the_ring() -> None:
    """And leaves it once it is tied."""
    net = NETS["a vault"]
    before = places(net.graph)
    after = grown(net, ["new.md"], [])
    ring = places(after.graph, before)
    assert community(ring, "new.md") == ALONE
    assert out(ring, "new.md") > 0.95 * max(out(ring, name) for name in net.names)
    tied = places(grown(after, [], [("new.md", net.names[3])]).graph, ring)
    assert community(tied, "new.md") == community(tied, net.names[3])
    assert out(tied, "new.md") < 0.9 * out(ring, "new.md")


@pytest.mark.parametrize("name", NETS)
def test_two_devices_that_differ_by_a_few_notes_do_not_keep_rearranging_the_map(name: str) -> None:
    """One has notes that the other lacks: all others stand still, however often each of them draws."""
    net = NETS[name]
    first = found = places(net.graph)
    new = [f"here {number}.md" for number in range(30)]
    here = grown(net, new, [(one, net.names[number]) for number, one in enumerate(new)])
    for _ in range(9):
        found = places(net.graph, places(here.graph, found))
    assert found.drift <= 1
    assert places(here.graph, found).drift <= len(new) + 1
    assert np.mean([far == 0 for far in moved(first, found).values()]) > 0.99


def test_a_note_that_was_placed_late_is_counted_as_late_once() -> None:
    """Also when it goes and comes; and it is no more, when all is arranged anew."""
    net = NETS["a vault"]
    here = grown(net, ["new.md"], [("new.md", net.names[3])])
    found = places(here.graph, places(net.graph))
    for _ in range(3):
        assert [name for name, late in zip(found.ids, found.late, strict=True) if late] == ["new.md"]
        found = places(here.graph, places(net.graph, found))
    assert places(here.graph).drift == 0


def test_a_note_keeps_its_place_in_either_unicode_form_of_its_name() -> None:
    """Two notes of one name in two folders, too: nothing moves, and nothing is late."""
    spelled = {
        form: Net.of(90, clusters(90, 3)).renamed(
            {
                f"Area {number % 7}/{number:06}.md": normalize(form, f"Área {number % 7}/é{number // 2}.md")
                for number in range(90)
            }
        )
        for form in ("NFC", "NFD")
    }
    before = places(spelled["NFC"].graph)
    found = places(spelled["NFD"].graph, before)
    names = {name: normalize("NFD", name) for name in before.ids}
    assert set(moved(before, found, names).values()) == {0.0}
    assert found.drift == 0
    assert sorted(found.ties) == sorted(before.ties)


@pytest.mark.parametrize("hubs", [1, 30])
@pytest.mark.parametrize("many", [30, 900])
def test_many_new_notes_around_a_hub_cost_no_more_than_a_few_maps(many: int, hubs: int) -> None:
    """Spots near it are looked through once, for all of them; those who find none stand together elsewhere."""
    net = Net.of(2_000, clusters(2_000, 9))
    start = time.process_time()
    before = places(net.graph)
    anew, start = time.process_time() - start, time.process_time()
    new = [f"leaf {number}.md" for number in range(many)]
    after = grown(net, new, [(name, net.names[900 + number % hubs]) for number, name in enumerate(new)])
    found = places(after.graph, before)
    assert time.process_time() - start < 8 * anew
    assert set(moved(before, found).values()) == {0.0}
    assert overlap(after.graph, found) <= 0.01
    assert purity(found) > 0.95
    assert {community(found, name) for name in new} == {community(found, name) for name in net.names[900 : 900 + hubs]}


def test_a_map_of_which_hardly_anything_is_left_is_arranged_again() -> None:
    """Three notes at the ends of a world are no map."""
    ids = tuple(f"{number}.md" for number in range(3))
    links = tuple((ids[0], name, False) for name in ids[1:])
    far = Places(ids, (-9_000, 0, 9_000), (0, 0, 0), (0, 0, 0))
    assert np.ptp(places(Net(ids, links).graph, far).x) < 1_000


def test_after_a_large_change_the_whole_map_is_arranged_again() -> None:
    """When a third is new, not before; also when it came bit by bit."""
    net = NETS["a vault"]
    before = places(net.graph)
    for part in range(4):
        new = [f"{part} {number}.md" for number in range(90)]
        net = grown(net, new, [(name, net.names[number]) for number, name in enumerate(new)])
        after = places(net.graph, before)
        assert (set(moved(before, after).values()) == {0.0}) is (part < 3)
        before = after
    assert before.drift == 0


def test_a_map_that_is_arranged_again_resembles_the_one_before() -> None:
    """Communities keep their numbers, and what was above is not below."""
    net = NETS["a vault"]
    before = places(net.graph)
    new = [f"{number}.md" for number in range(400)]
    after = places(grown(net, new, [(name, net.names[number]) for number, name in enumerate(new)]).graph, before)
    assert after.drift == 0
    same = [
        number == community(before, name)
        for name, number in zip(after.ids, after.communities, strict=True)
        if name in before.ids
    ]
    assert np.mean(same) > 0.8
    old = spots(after)[[after.ids.index(name) for name in before.ids]]
    assert (old * spots(before)).sum() > 0


def test_remembered_places_of_another_vault_or_of_no_vault_are_ignored() -> None:
    """Then all is arranged as if there were nothing."""
    graph = NETS["a power law"].graph
    strange = Places(("x.md", "y.md"), (1, 2), (3, 4), (0, 0))
    assert places(graph, strange) == places(graph, Places()) == places(graph)


def grown(net: Net, names: list[str], links: list[tuple[str, str]]) -> Net:
    """The same net with more notes and links."""
    return replace(net, names=(*net.names, *names), edges=(*net.edges, *((one, other, False) for one, other in links)))


def community(found: Places, name: str) -> int:
    """The community of a note."""
    return found.communities[found.ids.index(name)]


def out(found: Places, name: str) -> float:
    """How far a note stands from the middle."""
    return float(np.hypot(*(spots(found)[found.ids.index(name)] / (1.25, 1.0))))

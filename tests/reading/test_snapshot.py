"""A changed vault is another snapshot: an earlier one, and all that was concluded from it, stays as it was."""

import gc
import weakref

from shared.vaults import MakeVault, write

from vault_tools import Vault
from vault_tools.carried import Carried
from vault_tools.reading.snapshot import look_again


def test_a_carried_value_is_made_once_and_only_when_it_is_needed() -> None:
    """Until then, the next one starts from the value before."""
    made: list[int] = []

    def grow(earlier: int) -> int:
        made.append(earlier)
        return earlier + 1

    first = Carried(grow, 0)
    second = Carried(grow, first.newest)
    assert made == []
    assert (first(), first()) == (1, 1)
    assert (second(), Carried(grow, second.newest)()) == (1, 2)
    assert made == [0, 0, 1]


def test_a_carried_value_lets_go_of_the_earlier_one() -> None:
    """A vault that is looked at for months must not remember each look."""

    class Thing:
        pass

    earlier = Thing()
    gone = weakref.ref(earlier)
    carried = Carried(lambda _thing: Thing(), earlier)
    carried()
    del earlier
    gc.collect()
    assert gone() is None


def test_what_was_read_and_concluded_stays_as_it_was(vault: MakeVault) -> None:
    """Also what is computed from the earlier snapshot only later."""
    root = vault({"A.md": "[[B]]\n", "B.md": "one\n"})
    opened = Vault.open(root, cache=False)
    before = opened.answers
    notes = before.snapshot.notes
    write(root, {"A.md": "changed\n", "C.md": "[[A]]\n"})
    opened.look_again()
    assert before.snapshot.notes is notes
    assert [(edge.source, edge.target) for edge in before.knowledge.edges] == [("A.md", "B.md")]
    assert [(edge.source, edge.target) for edge in opened.knowledge.edges] == [("C.md", "A.md")]
    assert before.snapshot.fingerprint != opened.snapshot.fingerprint


def test_a_vault_in_which_nothing_changed_is_the_same_snapshot(vault: MakeVault) -> None:
    """So nothing that was concluded is computed again."""
    root = vault({"A.md": "[[B]]\n", "模板/T.md": "---\ntype: t\n---\n", "vault-tools.toml": 'templates = "模板"\n'})
    opened = Vault.open(root, cache=False)
    answers, snapshot = opened.answers, opened.snapshot
    assert look_again(snapshot) is snapshot
    opened.look_again()
    assert opened.answers is answers


def test_terms_are_read_again_only_if_a_template_changed(vault: MakeVault) -> None:
    """Types and templates are the same values in the next snapshot otherwise."""
    root = vault({"A.md": "one\n", "模板/T.md": "---\ntype: t\n---\n", "vault-tools.toml": 'templates = "模板"\n'})
    opened = Vault.open(root, cache=False)
    vocabulary = opened.vocabulary
    write(root, {"A.md": "two words\n"})
    opened.look_again()
    assert opened.vocabulary is vocabulary
    write(root, {"模板/T.md": "---\ntype: t\nnew:\n---\n"})
    opened.look_again()
    assert opened.vocabulary.types["t"].fields == ("type", "new")

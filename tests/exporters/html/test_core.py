"""What is drawn first: nodes, edges, days and groups."""

from datetime import date

from shared.graph_pages import page_text, small_graph
from shared.page_data import column, parts

from vault_tools.exporters.html import encoding as packs
from vault_tools.model.export import Analysis


def test_a_page_lists_nodes_and_edges_in_the_order_of_their_weight() -> None:
    """The most linked node first, tags and attachments last; edges that mean something before plain links."""
    found = parts(page_text(small_graph()))
    core, index = found["core"], found["index"]
    assert core["names"] == [
        "Kalman filter",
        "Monday",
        "Bayes' rule (100%)",
        "Gauss",
        "Lone note",
        "plot.png",
        "#math",
    ]
    ends = [packs.numbers(core["edges"][name]) for name in ("from", "relation", "to")]
    said = [
        (core["names"][one], core["relations"][relation]["n"], core["names"][other])
        for one, relation, other in zip(*ends, strict=True)
    ]
    assert said == [
        ("Kalman filter", "requires", "Bayes' rule (100%)"),
        ("Bayes' rule (100%)", "related", "Monday"),
        ("Monday", "links-to", "Kalman filter"),
        ("Kalman filter", "links-to", "Gauss"),
        ("Monday", "embeds", "plot.png"),
        ("Kalman filter", "tagged", "#math"),
    ]
    assert index["aliases"][0] == ["卡尔曼滤波", "KF"]
    assert index["tags"][0] == ["#math", "#control"]
    assert index["ids"][0] == "Notes/Kalman filter.md"
    assert [core["types"][number]["n"] for number in column(core, "type")][:1] == ["knowledge"]
    assert len(set(column(core, "kind"))) == 4


def test_a_page_holds_days_groups_and_stages_only_if_the_vault_has_any() -> None:
    """Days count from 1900; the first group that finds a note counts."""
    graph = small_graph()
    analysis = Analysis(created={"Notes/Monday.md": date(1900, 1, 3), "Notes/Lone note.md": date(1899, 1, 1)})
    groups = (("path:Lone", "#123456"), ("path:Notes", "#654321"))
    core = parts(page_text(graph, analysis=analysis, groups=groups))["core"]
    days = dict(zip(core["names"], column(core, "day"), strict=True))
    assert {name: day for name, day in days.items() if day} == {"Monday": 2}
    numbers = dict(zip(core["names"], column(core, "group"), strict=True))
    assert numbers["Lone note"] == 1
    assert numbers["Monday"] == 2
    assert numbers["Gauss"] == 0
    assert core["groups"] == [{"q": "path:Lone", "c": "#123456"}, {"q": "path:Notes", "c": "#654321"}]


def test_a_page_holds_the_view_that_was_asked_for() -> None:
    """And an empty one is none."""
    assert parts(page_text(small_graph(), view="note=A.md&depth=2"))["core"]["view"] == "note=A.md&depth=2"
    assert parts(page_text(small_graph()))["core"]["view"] == ""

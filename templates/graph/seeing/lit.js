// What is lit while the rest of the map is dimmed, by what the reader does.

import { edgesAt, otherEnd } from '../base/data.js';
import { NONE, state, whenChanged } from '../base/state.js';
import { shownEdges, shownNodes } from './visible.js';

const KEYS = ['hovered', 'way', 'found', 'marked', 'selected', 'shown', 'depth'];
let litKnown; // undefined: to be asked again

// { kind, centre, nodes (a Set, the centre first), dots (the same, the most important last), edges (likewise), marks } or
// null: nothing is dimmed. What the pointer is on comes first, then a way, then what is searched for, then what a mode marks, then the neighbourhood of what is selected.
export function litNow() {
  if (litKnown === undefined) litKnown = decided();
  return litKnown;
}

const shownOnly = (list) => list.filter((node) => shownNodes[node]);

function decided() {
  const { hovered, way, found, marked, selected } = state;
  if (hovered !== NONE && shownNodes[hovered]) return around(hovered, 'hovered');
  if (way && way.nodes.length)
    return inOrder({ kind: 'way', centre: NONE, nodes: shownOnly(way.nodes), edges: way.edges, marks: null });
  if (found && found.length)
    return inOrder({ kind: 'found', centre: NONE, nodes: shownOnly(found), edges: [], marks: null });
  if (marked)
    return inOrder({
      kind: 'marked',
      centre: selected,
      nodes: shownOnly([...marked.keys()]),
      edges: [],
      marks: marked,
    });
  if (selected !== NONE && shownNodes[selected]) return around(selected, 'selected');
  return null;
}

// Sorted here, once, and not in every frame.
function inOrder(lit) {
  const every = new Set(lit.nodes);
  return {
    ...lit,
    nodes: every,
    dots: Uint32Array.from(every).reverse(),
    edges: Uint32Array.from(lit.edges).sort().reverse(),
  };
}

function around(node, kind) {
  const lines = edgesAt(node).filter((edge) => shownEdges[edge]);
  return inOrder({
    kind,
    centre: node,
    nodes: [node, ...lines.map((edge) => otherEnd(edge, node))],
    edges: lines,
    marks: null,
  });
}

export function startLit() {
  whenChanged(KEYS, () => {
    litKnown = undefined;
  });
}

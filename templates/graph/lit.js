// What is lit while the rest of the map is dimmed, by what the reader does.

import { edgesAt, otherEnd } from './data.js';
import { NONE, state, whenChanged } from './state.js';
import { shownEdges, shownNodes } from './visible.js';

const KEYS = ['hovered', 'way', 'found', 'marked', 'selected', 'shown', 'depth'];
let known; // undefined: to be asked again

// { kind, centre, nodes (a Set, the centre first), edges, marks } or null: nothing is dimmed. What the pointer is on comes
// first, then a way, then what is searched for, then what a mode marks, then the neighbourhood of what is selected.
export function litNow() {
  if (known === undefined) known = decided();
  return known;
}

const shownOnly = (list) => list.filter((node) => shownNodes[node]);

function decided() {
  const { hovered, way, found, marked, selected } = state;
  if (hovered !== NONE && shownNodes[hovered]) return around(hovered, 'hovered');
  if (way && way.nodes.length)
    return { kind: 'way', centre: NONE, nodes: new Set(shownOnly(way.nodes)), edges: way.edges, marks: null };
  if (found && found.length)
    return { kind: 'found', centre: NONE, nodes: new Set(shownOnly(found)), edges: [], marks: null };
  if (marked)
    return {
      kind: 'marked',
      centre: selected,
      nodes: new Set(shownOnly([...marked.keys()])),
      edges: [],
      marks: marked,
    };
  if (selected !== NONE && shownNodes[selected]) return around(selected, 'selected');
  return null;
}

function around(node, kind) {
  const lines = [...edgesAt(node)].filter((edge) => shownEdges[edge]);
  const near = new Set([node]);
  for (const edge of lines) near.add(otherEnd(edge, node));
  return { kind, centre: node, nodes: near, edges: lines, marks: null };
}

export function startLit() {
  whenChanged(KEYS, () => {
    known = undefined;
  });
}

// Which nodes and edges are shown, by what the reader has chosen.

import { KINDS, edgeCount, edges, folders, index, isTyped, nodeCount, nodes, relations } from './data.js';
import { change, state, whenChanged } from './state.js';

export const shownNodes = new Uint8Array(nodeCount);
export const shownEdges = new Uint8Array(edgeCount);
export const FILTERS = ['hiddenTypes', 'hiddenRelations', 'hiddenKinds', 'onlySemantic', 'orphans', 'tag', 'folder', 'since', 'until'];

let tagged = null; // the nodes that carry the tag of the filter

function wanted(node) {
  if (isTyped(node) ? state.hiddenTypes.has(nodes.type[node]) : state.hiddenKinds.has(KINDS[nodes.kind[node]])) return false;
  if (tagged && !tagged.has(node)) return false;
  const day = nodes.day[node];
  if (day && ((state.since && day < state.since) || (state.until && day > state.until))) return false;
  return !state.folder || below(folders[nodes.folder[node]], state.folder);
}

const below = (folder, above) => folder === above || folder.startsWith(`${above}/`);

function decide() {
  for (let node = 0; node < nodeCount; node += 1) shownNodes[node] = wanted(node) ? 1 : 0;
  const tied = state.orphans ? null : new Uint8Array(nodeCount);
  for (let edge = 0; edge < edgeCount; edge += 1) {
    const [from, to, relation] = [edges.from[edge], edges.to[edge], edges.relation[edge]];
    const shown = shownNodes[from] && shownNodes[to] && !state.hiddenRelations.has(relation) && (relations[relation].s || !state.onlySemantic);
    shownEdges[edge] = shown ? 1 : 0;
    if (shown && tied && from !== to) tied[from] = tied[to] = 1;
  }
  if (tied) for (let node = 0; node < nodeCount; node += 1) shownNodes[node] &= tied[node];
}

// Every change of a filter ends in a change of `shown`, which is what drawing listens to.
export function startVisible() {
  state.shown = 0;
  decide();
  whenChanged(FILTERS, async () => {
    const { tag } = state;
    tagged = tag ? await withTag(tag) : null;
    if (tag !== state.tag) return; // another was chosen meanwhile
    decide();
    change({ shown: state.shown + 1 });
  });
}

async function withTag(tag) {
  const { tags } = await index();
  const found = new Set();
  const wantedTag = tag.toLowerCase();
  tags.forEach((own, node) => {
    if (own && own.some((each) => each.toLowerCase() === wantedTag || each.toLowerCase().startsWith(`${wantedTag}/`))) found.add(node);
  });
  return found;
}

// Which nodes and edges are shown, by what the reader has chosen.

import { KINDS, edgeCount, edges, folders, index, isTyped, nodeCount, nodes, relations } from '../base/data.js';
import { change, state, whenChanged } from '../base/state.js';

export const shownNodes = new Uint8Array(nodeCount);
export const shownEdges = new Uint8Array(edgeCount);
export const shownMany = { nodes: 0, edges: 0 };
const FILTERS = [
  'hiddenTypes',
  'hiddenRelations',
  'hiddenKinds',
  'onlySemantic',
  'orphans',
  'tag',
  'folder',
  'since',
  'until',
  'undated',
];

let tagged = null; // the nodes that carry the tag of the filter
let homes = null; // for each folder, whether it is the one of the filter or below it

const isHidden = (node) => state.hiddenKinds.has(KINDS[nodes.kind[node]]) && !(state.marked && state.marked.has(node));

// Whether a filter leaves a node out by itself, by the filter's key.
const LEAVES_OUT = {
  hiddenTypes: (node) => isTyped(node) && state.hiddenTypes.has(nodes.type[node]),
  hiddenKinds: (node) => !isTyped(node) && isHidden(node),
  tag: (node) => tagged !== null && !tagged.has(node),
  folder: (node) => homes !== null && !homes[nodes.folder[node]],
  since: (node) => state.since > 0 && nodes.day[node] > 0 && nodes.day[node] < state.since,
  until: (node) => state.until > 0 && nodes.day[node] > state.until,
  undated: (node) => !state.undated && !nodes.day[node] && isTyped(node),
};
const leavers = Object.values(LEAVES_OUT);

const below = (folder, above) => folder === above || folder.startsWith(`${above}/`);

// What is no note has no day or type of its own: among some of them it is there while a shown line leads to it.
function needsLine(node) {
  if (!state.orphans) return true;
  return !isTyped(node) && (state.since > 0 || state.until > 0 || !state.undated || state.hiddenTypes.size > 0);
}

// The filters that hide a node, by their keys: first those that leave it out by itself, then those that want a line.
export function hidersOf(node) {
  if (shownNodes[node]) return [];
  const found = Object.keys(LEAVES_OUT).filter((key) => LEAVES_OUT[key](node));
  if (found.length) return found;
  return isTyped(node) ? ['orphans'] : ['orphans', 'since', 'until', 'undated', 'hiddenTypes'];
}

function decide() {
  homes = state.folder ? folders.map((folder) => (below(folder, state.folder) ? 1 : 0)) : null;
  for (let node = 0; node < nodeCount; node += 1) shownNodes[node] = leavers.some((leaves) => leaves(node)) ? 0 : 1;
  decideLoose(decideEdges());
}

// Returns which nodes have a shown edge to another node.
function decideEdges() {
  const tied = new Uint8Array(nodeCount);
  const { from, to, relation } = edges;
  const lines = relations.map((row, number) => !state.hiddenRelations.has(number) && (row.s || !state.onlySemantic));
  shownMany.edges = 0;
  for (let edge = 0; edge < edgeCount; edge += 1) {
    const shown = shownNodes[from[edge]] && shownNodes[to[edge]] && lines[relation[edge]];
    shownEdges[edge] = shown ? 1 : 0;
    shownMany.edges += shownEdges[edge];
    if (shown && from[edge] !== to[edge]) tied[from[edge]] = tied[to[edge]] = 1;
  }
  return tied;
}

function decideLoose(tied) {
  shownMany.nodes = 0;
  for (let node = 0; node < nodeCount; node += 1) {
    if (!tied[node] && needsLine(node)) shownNodes[node] = 0;
    shownMany.nodes += shownNodes[node];
  }
}

export const filtersAtFirst = Object.fromEntries(FILTERS.map((key) => [key, state[key]]));
const isSameChoice = (one, other) =>
  one instanceof Set ? one.size === other.size && [...one].every((item) => other.has(item)) : one === other;

export const isFiltered = () => FILTERS.some((key) => !isSameChoice(state[key], filtersAtFirst[key]));
export const resetFilters = () => change({ ...filtersAtFirst });

// Every change of a filter ends in a change of `shown`, which is what drawing listens to.
export function startVisible() {
  decide();
  whenChanged([...FILTERS, 'marked'], async (_state, changed) => {
    if (changed.includes('tag')) {
      const { tag } = state;
      const found = tag ? await withTag(tag) : null;
      if (tag !== state.tag) return; // another was chosen meanwhile
      tagged = found;
    }
    decide();
    change({ shown: state.shown + 1 });
  });
}

export const bareTag = (tag) => tag.replace(/^#/, '').toLowerCase();

// The nodes that carry a tag, or one below it.
export async function withTag(tag) {
  const { tags } = await index().catch(() => ({ tags: [] }));
  const found = new Set();
  const wantedTag = bareTag(tag);
  const isWanted = (each) => bareTag(each) === wantedTag || bareTag(each).startsWith(`${wantedTag}/`);
  tags.forEach((own, node) => {
    if (own && own.some(isWanted)) found.add(node);
  });
  return found;
}

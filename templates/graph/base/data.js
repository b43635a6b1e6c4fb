// What the page knows of the vault. A node is a number, the most important first; so is an edge, and each of their
// values stands in an array of its own.

import { byId } from './dom.js';

const TYPED = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array };
const core = JSON.parse(byId('core').textContent);
byId('core').remove();

export const { language, types, relations, folders, stages, groups, communities, names, words, local } = core;
export const { named: givenName, folder: pagesFolder, page: pageName, view: firstView, names_only: namesOnly } = core;
// What the reader can choose, as choices.toml says it: sizes are { name, label }, modes also have `heading` and `hidden`; an
// address has these words.
export const { kinds: KINDS, modes, sizes, address: addressWords } = core.choices;
export const [CANVAS, ATTACHMENT, TAG, MISSING] = ['canvas', 'attachment', 'tag', 'missing'].map((kind) =>
  KINDS.indexOf(kind),
);

function bytes(text) {
  const raw = atob(text);
  const made = new Uint8Array(raw.length);
  for (let at = 0; at < raw.length; at += 1) made[at] = raw.charCodeAt(at);
  return made;
}

function column({ w: width, d: text }) {
  return new TYPED[width](bytes(text).buffer);
}

const columns = (held) => Object.fromEntries(Object.entries(held).map(([name, given]) => [name, column(given)]));

// nodes: x, y, kind, type, folder, stage, day, group, community, size, rank (both radii); edges: from, to, relation
const packedNodes = { ...columns(core.map), ...columns(core.nodes) };
export const nodes = {
  ...packedNodes,
  x: Float32Array.from(packedNodes.x, (value) => value + core.corner[0]),
  y: Float32Array.from(packedNodes.y, (value) => value + core.corner[1]),
  size: Float32Array.from(packedNodes.size, (value) => value / 8),
  rank: Float32Array.from(packedNodes.rank, (value) => value / 8),
};
export const edges = columns(core.edges);
export const nodeCount = names.length;
export const edgeCount = edges.from.length;

// Colours are { name, label }; one that choices.toml says `by` of has its values, and `of`: the number of each node's value,
// from 1 (0: none).
export const colors = core.choices.colors.map((row) => (row.of ? { ...row, of: column(row.of) } : row));

export const isTyped = (node) => nodes.kind[node] <= CANVAS;
export const titleOf = (node) => names[node];

// The edges at each node: edges.at[ends.start[node]] up to ends.start[node + 1]; made when they are first asked for.
let ends = null;

export function edgesAt(node) {
  if (!ends) ends = gathered();
  return ends.at.subarray(ends.start[node], ends.start[node + 1]);
}

export const otherEnd = (edge, node) => (edges.from[edge] === node ? edges.to[edge] : edges.from[edge]);

function gathered() {
  const start = new Uint32Array(nodeCount + 1);
  const { from, to } = edges;
  for (let edge = 0; edge < edgeCount; edge += 1) {
    start[from[edge] + 1] += 1;
    if (to[edge] !== from[edge]) start[to[edge] + 1] += 1;
  }
  for (let node = 0; node < nodeCount; node += 1) start[node + 1] += start[node];
  const next = start.slice();
  const at = new Uint32Array(start[nodeCount]);
  for (let edge = 0; edge < edgeCount; edge += 1) {
    at[next[from[edge]]++] = edge;
    if (to[edge] !== from[edge]) at[next[to[edge]]++] = edge;
  }
  return { start, at };
}

export async function unpacked(name) {
  const packed = new Blob([bytes(byId(name).textContent)]);
  return new Response(packed.stream().pipeThrough(new DecompressionStream('deflate-raw'))).text();
}

// Records are opened once, when they are first wanted: promises.
const parsed = new Map();

function asRecord(name) {
  if (!parsed.has(name)) parsed.set(name, unpacked(name).then(JSON.parse));
  return parsed.get(name);
}

// { ids, aliases, tags }: lists in the order of nodes; aliases and tags are 0 where there are none.
export const index = () => asRecord('index');
// { nodes: [{ f, e, w }], gaps: [{ k, l, r: [{ i, w, y, s }] }], learning: [{ i, w, y, s, h, d }] }
export const details = () => asRecord('details');

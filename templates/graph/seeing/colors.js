// Which colour each node and each line has, by what the reader wants to see.

import { CANVAS, KINDS, MISSING, isTyped, nodeCount, nodes, relations } from '../base/data.js';
import { change, state, whenChanged } from '../base/state.js';
import { theme, themeColor } from '../base/theme.js';
import { mixed, pixelOf, suited } from './shades.js';
import { OTHERS, chosenTrait, wantTags } from './traits.js';

const PLAIN_LINE = { light: '#8d95a1', dark: '#7d8794' };
const MISSING_FADED = 0.22;

let painted = null; // { rows, rowOf, paints, pixels } of state.color in this theme

// What nobody has written yet is quieter than what is there.
function kindColor(kind) {
  const color = suited(themeColor(kind));
  return kind === 'missing' ? mixed(color, themeColor('paper'), MISSING_FADED) : color;
}

function paintedAnew() {
  const { trait, ofMissing } = chosenTrait();
  const { rows, of } = trait();
  const place = new Map(rows.map((row, at) => [row.number, at]));
  const paints = [...rows.map((row) => row.color), ...KINDS.slice(CANVAS + 1).map(kindColor)];
  const counts = new Uint32Array(rows.length);
  const rowOf = new Uint16Array(nodeCount);
  for (let node = 0; node < nodeCount; node += 1) {
    const kind = nodes.kind[node];
    if (isTyped(node) || (ofMissing && kind === MISSING && of(node) !== OTHERS)) {
      rowOf[node] = place.get(of(node)) || 0;
      counts[rowOf[node]] += 1;
    } else rowOf[node] = rows.length + kind - CANVAS - 1;
  }
  const inPixels = Uint32Array.from(paints, pixelOf);
  return {
    rows: rows.map((row, at) => ({ ...row, count: counts[at] })).filter((row) => row.count || row.number !== OTHERS),
    rowOf,
    paints,
    pixels: Uint32Array.from(rowOf, (row) => inPixels[row]),
  };
}

const paintedNow = () => (painted ||= paintedAnew());

export const colorOf = (node) => paintedNow().paints[paintedNow().rowOf[node]];
export const colorRows = () => paintedNow().rows;
export const pixelColors = () => paintedNow().pixels;

export const plainLine = () => PLAIN_LINE[theme()];

// The colour of a relation's lines, given the relation's number or its row.
export function lineColor(relation) {
  const row = typeof relation === 'number' ? relations[relation] : relation;
  return row.s ? suited(row.c) : plainLine();
}

// The colour of an edge: what a relation means, else what both ends share.
export function edgeColor(relation, from, to) {
  if (relations[relation].s) return lineColor(relation);
  const { rowOf, paints } = paintedNow();
  return rowOf[from] === rowOf[to] ? paints[rowOf[from]] : plainLine();
}

export function startColors() {
  whenChanged(['color', 'themed'], (_state, changed) => {
    painted = null;
    wantTags();
    if (!changed.includes('themed')) change({ themed: state.themed + 1 });
  });
  wantTags();
}

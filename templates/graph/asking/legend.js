// The legend, which is the filter as well: what the colours and lines mean, each with a box to switch it off.

import { KINDS, edgeCount, edges, isTyped, nodeCount, nodes, relations, types } from '../base/data.js';
import { addTab } from './dock.js';
import { drawing, element } from '../base/dom.js';
import { colorPart, looksPart } from './looks.js';
import { narrowingFields } from './narrowing.js';
import { colorDot, kindsNamed, relationLine } from '../seeing/samples.js';
import { say } from '../base/say.js';
import { state } from '../base/state.js';
import { foldablePart, onOff, switchPart } from './switches.js';
import { themeColor } from '../base/theme.js';

const typeRows = () =>
  types
    .map((row, item) => ({
      item,
      label: row.l || say('map.colors.no-type'),
      many: row.m,
      sample: () => (state.color === 'type' ? colorDot(row.c) : ''),
    }))
    .filter(({ many }) => many);

let ledTo = null;
function relationRows() {
  const kinds = (ledTo ||= relationKinds());
  const isOff = (kind) => state.hiddenKinds.has(KINDS[kind]);
  return relations.map((row, item) => ({
    item,
    label: row.l,
    many: row.m,
    sample: () => relationLine(item),
    isIdle: () => [...kinds[item]].every(isOff),
  }));
}

// For each relation, the kinds of what it leads to.
function relationKinds() {
  const found = relations.map(() => new Set());
  for (let edge = 0; edge < edgeCount; edge += 1) found[edges.relation[edge]].add(nodes.kind[edges.to[edge]]);
  return found;
}

function countKinds() {
  const counts = new Uint32Array(KINDS.length);
  for (let node = 0; node < nodeCount; node += 1) counts[nodes.kind[node]] += 1;
  return counts;
}

function kindRows() {
  const counts = countKinds();
  return Object.entries(kindsNamed())
    .map(([item, label]) => ({
      item,
      label,
      many: counts[KINDS.indexOf(item)],
      sample: () => colorDot(themeColor(item), item === 'missing'),
    }))
    .filter(({ many }) => many);
}

function countOrphans() {
  const tied = new Uint8Array(nodeCount);
  for (let edge = 0; edge < edgeCount; edge += 1)
    if (edges.from[edge] !== edges.to[edge]) tied[edges.from[edge]] = tied[edges.to[edge]] = 1;
  let many = 0;
  for (let node = 0; node < nodeCount; node += 1) if (!tied[node] && isTyped(node)) many += 1;
  return many;
}

function semanticPart() {
  const part = switchPart('relations', say('map.legend.relations'), relationRows);
  const both = relations.some(({ s }) => s) && relations.some(({ s }) => !s);
  if (both) part.querySelector('details').append(onOff('onlySemantic', say('map.legend.typed-only'), null, ''));
  return part;
}

function kindPart() {
  const part = switchPart('kinds', say('map.legend.extras'), kindRows);
  const many = countOrphans();
  const ring = drawing(
    'svg',
    { viewBox: '0 0 12 12', class: 'dot', 'aria-hidden': 'true' },
    drawing('circle', { cx: 6, cy: 6, r: 2.5, fill: 'currentColor', stroke: 'none' }),
  );
  if (many) part.querySelector('details').append(onOff('orphans', say('map.legend.orphans'), many, ring));
  part.querySelector('.all').remove();
  if (many) part.hidden = false;
  return part;
}

export function startLegend() {
  const panel = element(
    'div',
    {},
    looksPart(),
    colorPart(),
    switchPart('types', say('map.legend.types'), typeRows),
    semanticPart(),
    kindPart(),
    foldablePart(say('map.legend.narrowing'), element('div', { id: 'narrow' }, ...narrowingFields())),
  );
  addTab('', panel);
}

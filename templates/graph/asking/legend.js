// The legend, which is the filter as well: what the colours and lines mean, each with a box to switch it off.

import { KINDS, colors, edgeCount, edges, isTyped, nodeCount, nodes, relations, sizes, types } from '../base/data.js';
import { colorRows } from '../seeing/colors.js';
import { usefulColors } from '../seeing/traits.js';
import { addTab } from './dock.js';
import { drawing, element } from '../base/dom.js';
import { narrowingFields } from './filters.js';
import { colorDot, kindsNamed, relationLine } from '../seeing/samples.js';
import { number, say } from '../base/say.js';
import { change, state, toggled, whenChanged } from '../base/state.js';
import { themeColor } from '../base/theme.js';

const FEW_ROWS = 10;
const KEPT_OFF = { types: 'hiddenTypes', relations: 'hiddenRelations', kinds: 'hiddenKinds' };

// ---------------------------------------------------------------- rows with a box

// A row: { item, label, many, sample }. What is off stands in a set of `state`.
function switchRow(key, row, all) {
  const box = element('input', { type: 'checkbox' });
  box.addEventListener('change', () => change({ [key]: toggled(state[key], row.item) }));
  const label = element(
    'label',
    {},
    box,
    row.sample(),
    element('span', { dir: 'auto', title: row.label, textContent: row.label }),
    element('span', { className: 'count', textContent: number(row.many) }),
  );
  const made = element('li', {}, label);
  const only = all.length > 2 && key !== 'hiddenKinds' ? onlyButton(key, row, all) : null;
  if (only) made.append(only);
  made.mark = () => {
    box.checked = !state[key].has(row.item);
    const idle = box.checked && Boolean(row.isIdle?.());
    made.classList.toggle('off', !box.checked || idle);
    label.title = idle ? say('map.legend.idle') : '';
  };
  made.mark();
  return made;
}

function onlyButton(key, row, all) {
  const made = element('button', { type: 'button', className: 'only', textContent: say('map.legend.only') });
  made.setAttribute('aria-label', say('map.legend.only-one', { what: row.label }));
  made.addEventListener('click', () =>
    change({ [key]: new Set(all.map(({ item }) => item).filter((item) => item !== row.item)) }),
  );
  return made;
}

// The ten largest of many rows, in their order, and a button for the others.
function fewRows(list, rows, made) {
  const largest =
    rows.length > FEW_ROWS + 2
      ? new Set([...rows].sort((one, other) => other.many - one.many).slice(0, FEW_ROWS))
      : null;
  const shown = largest && !list.whole ? rows.filter((row) => largest.has(row)) : rows;
  list.replaceChildren(...shown.map(made));
  if (shown === rows) return;
  const more = element('button', {
    type: 'button',
    className: 'more',
    textContent: say('map.legend.more', { n: number(rows.length) }),
  });
  more.addEventListener('click', () => {
    list.whole = true;
    fewRows(list, rows, made);
    const next = list.children[FEW_ROWS]?.querySelector('input, button');
    if (next) next.focus({ preventScroll: true });
  });
  list.append(element('li', {}, more));
}

// ---------------------------------------------------------------- parts

function foldablePart(title, ...children) {
  return element(
    'section',
    {},
    element('details', { open: true }, element('summary', { textContent: title }), ...children),
  );
}

function switchPart(id, title, rows) {
  const key = KEPT_OFF[id];
  const list = element('ul', { id });
  const part = foldablePart(title, list);
  const all = allButton(key, title, rows);
  const mark = () => {
    for (const row of list.children) if (row.mark) row.mark();
    all.mark();
  };
  const build = () => {
    const now = rows();
    fewRows(list, now, (row) => switchRow(key, row, now));
    mark();
  };
  part.append(all);
  whenChanged([key, 'hiddenKinds'], mark);
  whenChanged(['themed'], build);
  build();
  part.hidden = !list.children.length;
  return part;
}

// Switches all rows off, or those that are off on again.
function allButton(key, title, rows) {
  const all = element('button', { type: 'button', className: 'all' });
  const isAnyOff = () => rows().some(({ item }) => state[key].has(item));
  all.addEventListener('click', () =>
    change({ [key]: isAnyOff() ? new Set() : new Set(rows().map(({ item }) => item)) }),
  );
  all.mark = () => {
    all.textContent = isAnyOff() ? say('map.legend.all') : say('map.legend.none');
    all.setAttribute(
      'aria-label',
      isAnyOff() ? say('map.legend.show-all', { what: title }) : say('map.legend.hide-all', { what: title }),
    );
  };
  return all;
}

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

// A box for something that is on or off.
function onOff(key, label, many, sample) {
  const box = element('input', { type: 'checkbox', id: { onlySemantic: 'only-semantic', orphans: 'orphans' }[key] });
  box.addEventListener('change', () => change({ [key]: box.checked }));
  const mark = () => {
    box.checked = state[key];
  };
  whenChanged([key], mark);
  mark();
  const parts = [
    box,
    sample,
    element('span', { textContent: label }),
    many !== null && element('span', { className: 'count', textContent: number(many) }),
  ];
  return element('label', {}, ...parts.filter((part) => part !== false));
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

// ---------------------------------------------------------------- colour and size

function selectBox(id, label, key, options) {
  const box = element(
    'select',
    { id },
    ...options.map(({ name, label: text }) => element('option', { value: name, textContent: text })),
  );
  box.addEventListener('change', () => change({ [key]: box.value }));
  const mark = () => {
    box.value = state[key];
  };
  whenChanged([key], mark);
  mark();
  return element('label', { className: 'select' }, element('span', { textContent: label }), box);
}

function looksPart() {
  return element(
    'section',
    { className: 'looks' },
    selectBox('color-by', say('map.legend.color'), 'color', usefulColors),
    selectBox('size-by', say('map.legend.size'), 'size', sizes),
  );
}

// What the colours mean where they do not mean types.
function colorPart() {
  const list = element('ul', { id: 'colors' });
  const title = element('summary', {});
  const part = element('section', {}, element('details', { open: true }, title, list));
  const build = () => {
    part.hidden = state.color === 'type';
    if (part.hidden) return;
    title.textContent = colors.find(({ name }) => name === state.color)?.label || '';
    const rows = colorRows().map((row) => ({ ...row, many: row.count }));
    fewRows(list, rows, colorRow);
  };
  whenChanged(['color'], () => {
    list.whole = false;
  });
  whenChanged(['themed'], build);
  build();
  return part;
}

const colorRow = ({ label, color, many }) =>
  element(
    'li',
    { className: 'row' },
    colorDot(color),
    element('span', { dir: 'auto', title: label, textContent: label }),
    element('span', { className: 'count', textContent: number(many) }),
  );

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

// Rows with a box that switches something off, and the parts of the legend that they make.

import { element } from '../base/dom.js';
import { number, say } from '../base/say.js';
import { change, state, toggled, whenChanged } from '../base/state.js';

const FEW_ROWS = 10;
const KEPT_OFF = { types: 'hiddenTypes', relations: 'hiddenRelations', kinds: 'hiddenKinds' };
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
export function fewRows(list, rows, made) {
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

export function foldablePart(title, ...children) {
  return element(
    'section',
    {},
    element('details', { open: true }, element('summary', { textContent: title }), ...children),
  );
}

export function switchPart(id, title, rows) {
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

// A box for something that is on or off.
export function onOff(key, label, many, sample) {
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

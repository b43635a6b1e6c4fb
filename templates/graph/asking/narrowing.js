// The fields that narrow the map: a tag, a folder, and dates.

import { combo, comboField } from './combo.js';
import { TAG, folders, index, isTyped, nodeCount, nodes } from '../base/data.js';
import { dayOf, daySpan, writtenDay } from '../base/days.js';
import { element } from '../base/dom.js';
import { low } from './finder.js';
import { number, say } from '../base/say.js';
import { change, state, whenChanged } from '../base/state.js';

// A name counts for itself and for all above it: a note in A/B is in A as well.
function withAbove(counts, name, many) {
  for (let end = name.length; end > 0; end = name.lastIndexOf('/', end - 1)) {
    const part = name.slice(0, end);
    counts.set(part, (counts.get(part) || 0) + many);
  }
}

function folderRows() {
  const own = new Uint32Array(folders.length);
  for (let node = 0; node < nodeCount; node += 1) if (isTyped(node)) own[nodes.folder[node]] += 1;
  const counts = new Map();
  folders.forEach((folder, at) => own[at] && withAbove(counts, folder, own[at]));
  return [...counts]
    .map(([name, many]) => ({ name, many, key: low(name) }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

// Tags that differ by capitals alone are one; a note with both a/b and a/c counts once for a.
function tagRows({ tags }) {
  const found = new Map();
  for (const own of tags) {
    if (!own) continue;
    const counts = new Map();
    for (const tag of own) withAbove(counts, tag.replace(/^#/, ''), 1);
    const seen = new Set();
    for (const name of counts.keys()) {
      const key = low(name);
      if (seen.has(key)) continue;
      seen.add(key);
      if (!found.has(key)) found.set(key, { name, key, many: 0 });
      found.get(key).many += 1;
    }
  }
  return [...found.values()].sort((one, other) => other.many - one.many || (one.key < other.key ? -1 : 1));
}

function narrowChoices(field, rows, text) {
  const asked = low(text.trim().replace(/^#/, ''));
  if (asked === low(state[field].replace(/^#/, ''))) return rows;
  const starts = rows.filter(({ key }) => key.startsWith(asked));
  return [...starts, ...rows.filter(({ key }) => !key.startsWith(asked) && key.includes(asked))];
}

// A box that narrows the map to one of some names: what is chosen stays in it, an empty box chooses nothing.
function narrowing(field, label, placeholder, rows) {
  const { input, list, box } = comboField(`by-${field}`, label, { placeholder });
  const { show, again } = combo({
    input,
    list,
    typed: (text) => {
      if (!text) change({ [field]: '' });
    },
    answersTo: (text) => narrowChoices(field, rows(), text),
    rowOf: ({ name, many }) => [
      element('span', { className: 'title', dir: 'auto', textContent: name }),
      element('span', { className: 'count', textContent: number(many) }),
    ],
    take: ({ name }) => change({ [field]: name }),
  });
  input.addEventListener('focus', () => {
    input.select();
    show();
  });
  input.addEventListener('click', show);
  box.append(clearButton(field, input, placeholder));
  return { box, again };
}

// Empties the box; it is there while something is chosen, which then stands in the box.
function clearButton(field, input, what) {
  const clear = element('button', { type: 'button', className: 'clear', textContent: '×' });
  clear.setAttribute('aria-label', say('map.filters.clear', { what }));
  clear.addEventListener('click', () => {
    change({ [field]: '' });
    input.focus();
  });
  const settle = () => {
    input.value = state[field].replace(/^#/, '');
    clear.hidden = !state[field];
  };
  input.addEventListener('blur', settle);
  whenChanged([field], settle);
  settle();
  return clear;
}

function dateBox(field, label) {
  const input = element('input', { type: 'date', id: `by-${field}` });
  const settle = () => {
    input.value = state[field] ? writtenDay(state[field]) : '';
  };
  input.addEventListener('change', () => change({ [field]: dayOf(input.value) }));
  whenChanged([field], settle);
  settle();
  return element('label', { className: 'date' }, element('span', { textContent: label }), input);
}

// Tags are counted when they are first asked for.
function tagField() {
  let rows = null;
  const made = narrowing('tag', say('map.filters.by-tag'), say('map.filters.tag'), () => {
    if (!rows) {
      rows = [];
      index().then(
        (held) => {
          rows = tagRows(held);
          made.again();
        },
        () => {},
      );
    }
    return rows;
  });
  return made.box;
}

// The fields that narrow the map; those that could not are left out.
export function narrowingFields() {
  const parts = [];
  if (nodes.kind.includes(TAG)) parts.push(tagField());
  const rows = folderRows();
  if (rows.length)
    parts.push(narrowing('folder', say('map.filters.by-folder'), say('map.filters.folder'), () => rows).box);
  if (daySpan())
    parts.push(
      element(
        'div',
        { className: 'dates' },
        dateBox('since', say('map.filters.from')),
        dateBox('until', say('map.filters.to')),
      ),
    );
  else
    parts.push(
      element('p', {
        className: 'why',
        textContent: say('map.filters.no-dates'),
      }),
    );
  return parts;
}

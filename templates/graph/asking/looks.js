// What colours and sizes say: the boxes that choose it, and what the colours mean.

import { colorRows } from '../seeing/colors.js';
import { colors, sizes } from '../base/data.js';
import { element } from '../base/dom.js';
import { colorDot } from '../seeing/samples.js';
import { number, say } from '../base/say.js';
import { change, state, whenChanged } from '../base/state.js';
import { fewRows } from './switches.js';
import { usefulColors } from '../seeing/traits.js';

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

export function looksPart() {
  return element(
    'section',
    { className: 'looks' },
    selectBox('color-by', say('map.legend.color'), 'color', usefulColors),
    selectBox('size-by', say('map.legend.size'), 'size', sizes),
  );
}

// What the colours mean where they do not mean types.
export function colorPart() {
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

// A box to type in with a list of answers below it, for keys and pointer; screen readers see a combobox.

import { element } from '../base/dom.js';
import { count, say } from '../base/say.js';

const MOST_ANSWERS = 40;
const COMBO_STEPS = { ArrowDown: 1, ArrowUp: -1 };

// input, list: elements; answersTo(text): items, or null to show no list; rowOf(item): what a row holds;
// take(item): one was chosen; typed(text): called before the answers are looked up.
export function combo({ input, list, answersTo, rowOf, take, typed = () => {} }) {
  const box = { input, list, answersTo, rowOf, take, typed, items: [], active: -1 };
  nameParts(box);
  input.addEventListener('input', () => {
    typed(input.value);
    showAnswers(box, 0);
  });
  input.addEventListener('keydown', (event) => comboKey(box, event));
  input.addEventListener('blur', () => openAnswers(box, false));
  return {
    show: () => showAnswers(box, 0),
    again: () => {
      if (!list.hidden) showAnswers(box, Math.max(box.active, 0));
    },
    close: () => openAnswers(box, false),
  };
}

// What each part is, for screen readers.
function nameParts({ input, list }) {
  input.setAttribute('role', 'combobox');
  input.setAttribute('aria-expanded', 'false');
  input.setAttribute('aria-controls', list.id);
  input.setAttribute('aria-autocomplete', 'list');
  list.setAttribute('role', 'listbox');
  list.hidden = true;
}

function openAnswers(box, is) {
  box.list.hidden = !is;
  box.input.setAttribute('aria-expanded', String(is));
  if (!is) markAnswer(box, -1);
}

function markAnswer(box, at) {
  const { input, list } = box;
  box.active = at;
  [...list.children].forEach(
    (row, number) => row.getAttribute('role') === 'option' && row.setAttribute('aria-selected', String(number === at)),
  );
  const row = list.children[at];
  if (row) input.setAttribute('aria-activedescendant', row.id);
  else input.removeAttribute('aria-activedescendant');
}

function showAnswers(box, first) {
  const answers = box.answersTo(box.input.value);
  box.items = answers || [];
  if (!answers) return openAnswers(box, false);
  const rows = box.items.slice(0, MOST_ANSWERS).map((item, number) => answerRow(box, item, number));
  box.list.replaceChildren(...rows, ...remarkOn(box.items.length));
  openAnswers(box, true);
  markAnswer(box, box.items.length ? first : -1);
  box.list.scrollTop = 0;
  return undefined;
}

function answerRow(box, item, number) {
  const row = element('li', { id: `${box.list.id}-${number}`, role: 'option' }, ...box.rowOf(item));
  row.addEventListener('mousedown', (event) => event.preventDefault());
  row.addEventListener('click', () => takeAnswer(box, item));
  return row;
}

// That there are more answers than are shown, or none.
function remarkOn(many) {
  const left = many - MOST_ANSWERS;
  if (many && left <= 0) return [];
  const text = many ? count('common.more', left) : say('map.combo.no-match');
  return [element('li', { className: 'nothing', role: 'presentation', textContent: text })];
}

function takeAnswer(box, item) {
  openAnswers(box, false);
  box.take(item);
}

function comboKey(box, event) {
  if (event.key === 'Escape') return emptyCombo(box, event);
  if (event.isComposing) return undefined;
  if (COMBO_STEPS[event.key]) return walkAnswers(box, event);
  if (event.key !== 'Enter' || box.list.hidden || box.items[box.active] === undefined) return undefined;
  event.preventDefault();
  return takeAnswer(box, box.items[box.active]);
}

function walkAnswers(box, event) {
  const step = COMBO_STEPS[event.key];
  const most = Math.min(box.items.length, MOST_ANSWERS);
  event.preventDefault();
  if (box.list.hidden) return showAnswers(box, step > 0 ? 0 : most - 1);
  if (most) markAnswer(box, (box.active + step + most) % most);
  box.list.children[box.active]?.scrollIntoView({ block: 'nearest' });
  return undefined;
}

function emptyCombo(box, event) {
  if (box.list.hidden && !box.input.value) return;
  event.preventDefault();
  event.stopPropagation();
  box.input.value = '';
  box.typed('');
  openAnswers(box, false);
}

// A separate field: a labelled box and its list.
export function comboField(id, label, properties) {
  const input = element('input', { id, type: 'search', autocomplete: 'off', spellcheck: false, ...properties });
  input.setAttribute('aria-label', label);
  const list = element('ul', { id: `${id}-list`, className: 'answers', hidden: true });
  list.setAttribute('aria-label', label);
  return { input, list, box: element('div', { className: 'field' }, input, list) };
}

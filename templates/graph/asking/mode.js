// A mode: a tab with kinds of findings to choose from and a list of those that are chosen, and the map lit accordingly.
//
// A mode is a record: { name, lead, parts, sizeOf, chosenKey, inParts, mostRows, empty }. `parts` makes what may be chosen
// of the page's details: [{ key, label, meaning, color, rows }], and `chosenKey` names the set in `state` of those that are
// off. `inParts`: the list is in parts as well. Of a mode that was shown, `found` are its parts and `list` is its list.

import { details } from '../base/data.js';
import { addTab } from './dock.js';
import { element, phone } from '../base/dom.js';
import { cssColor, emptyNote, partList, rankedList, shareBar } from './findings.js';
import { colorDot } from '../seeing/samples.js';
import { number, say } from '../base/say.js';
import { change, state, toggled, whenChanged } from '../base/state.js';
import { themeColor } from '../base/theme.js';
import { fitAll, view } from '../seeing/view.js';

const SMALLER = 0.65; // on a phone
const FEW_MARKS = 50; // more of them are drawn smaller, so that they stay apart

export function addMode(described) {
  const mode = { ...described, panel: element('div', { className: 'mode' }), found: null, list: null };
  addTab(mode.name, mode.panel);
  whenChanged(['mode'], () => showFitted(mode));
  whenChanged(['themed'], () => lightMode(mode));
  whenChanged([mode.chosenKey], () => {
    if (!mode.found || state.mode !== mode.name) return;
    for (const row of mode.panel.querySelectorAll('.kinds li')) row.mark();
    fillList(mode);
    lightMode(mode);
  });
}

const hiddenOf = (mode) => state[mode.chosenKey];
const filledParts = (parts) => parts.filter(({ rows }) => rows.length);
const shownParts = (mode) => mode.found.filter(({ key }) => !hiddenOf(mode).has(key));

// ---------------------------------------------------------------- showing it

async function show(mode) {
  if (state.mode !== mode.name) return;
  if (!mode.found && !(await findParts(mode))) return;
  if (state.mode !== mode.name) return;
  const { panel, found, empty } = mode;
  panel.replaceChildren(...(filledParts(found).length ? modeParts(mode) : [emptyNote(empty())]));
  lightMode(mode);
}

// Whether its parts could be made of the page's details, which are opened for the first mode.
async function findParts(mode) {
  const { panel, parts } = mode;
  panel.replaceChildren(element('p', { className: 'lead', role: 'status', textContent: say('map.modes.loading') }));
  try {
    const made = parts(await details());
    if (!mode.found) leaveOut(mode, made);
    mode.found = made;
    return true;
  } catch {
    panel.replaceChildren(emptyNote(say('map.modes.unreadable')));
    return false;
  }
}

// On a phone the sheet covers half of the map: what is marked moves into the other half, unless one looks elsewhere.
async function showFitted(mode) {
  const { scale } = view;
  await show(mode);
  if (state.mode === mode.name && phone.matches && view.scale === scale) fitAll();
}

// Kinds that would fill the map are off at first, if anything is left then.
const tooMany = (mode, parts) => parts.filter(({ rows }) => rows.length > mode.mostRows);

function leaveOut(mode, parts) {
  const many = tooMany(mode, parts).map(({ key }) => key);
  const isAnyLeft = filledParts(parts).some(({ key }) => !many.includes(key));
  if (many.length && !hiddenOf(mode).size && isAnyLeft) change({ [mode.chosenKey]: new Set(many) });
}

// ---------------------------------------------------------------- the map

function lightMode(mode) {
  if (state.mode !== mode.name || !mode.found) return;
  const marked = [...marksOf(mode)].sort(([, one], [, other]) => other.size - one.size); // names go by this order
  const key = filledParts(shownParts(mode)).map((part) => ({
    label: part.label,
    color: themeColor(part.color),
    hollow: part.key === 'missing',
  }));
  change({ marked: new Map(marked), key });
}

// A Map from nodes to { color, size }; a node of several kinds has the largest of their marks.
function marksOf(mode) {
  const rowsShown = shownParts(mode).flatMap(({ rows }) => rows);
  const most = rowsShown.reduce((largest, { w }) => Math.max(largest, w), 1);
  const crowd = Math.min(1, Math.max(0.4, Math.sqrt(FEW_MARKS / rowsShown.length)));
  const marks = new Map();
  for (const { color, rows } of shownParts(mode)) {
    for (const { i: node, w: weight } of rows) {
      const size = crowd * (phone.matches ? SMALLER : 1) * mode.sizeOf(node, Math.max(0, weight) / most);
      const before = marks.get(node);
      if (!before || before.size < size) marks.set(node, { color: themeColor(color), size });
    }
  }
  return marks;
}

// ---------------------------------------------------------------- the tab

function modeParts(mode) {
  const { found, lead, inParts, mostRows } = mode;
  mode.list = element('div', { className: 'findings' });
  fillList(mode);
  const many = tooMany(mode, found).length;
  const isAnyFew = many > 0 && many < filledParts(found).length;
  return [
    element('p', { className: 'lead', textContent: lead() }),
    inParts && shareBar(found),
    element('ul', { className: 'kinds' }, ...found.map((part) => choice(mode, part))),
    isAnyFew && element('p', { className: 'lead', textContent: say('map.modes.large-kind', { n: number(mostRows) }) }),
    mode.list,
  ].filter(Boolean);
}

function fillList(mode) {
  const parts = shownParts(mode);
  mode.list?.replaceChildren(...(mode.inParts ? filledParts(parts).map(partList) : [rankedList(parts)]));
}

function choice(mode, part) {
  const isOn = () => !hiddenOf(mode).has(part.key);
  const box = element('input', { type: 'checkbox', checked: isOn(), disabled: !part.rows.length });
  box.addEventListener('change', () => change({ [mode.chosenKey]: toggled(hiddenOf(mode), part.key) }));
  const title = element('span', { textContent: part.label, title: part.meaning || part.label });
  const many = element('span', { className: 'count', textContent: number(part.rows.length) });
  const row = element('li', {}, element('label', {}, box, colorDot(cssColor(part.color)), title, many));
  row.mark = () => {
    box.checked = isOn();
    row.classList.toggle('off', !box.checked || box.disabled);
  };
  row.mark();
  return row;
}

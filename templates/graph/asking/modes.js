// Two questions asked of the whole graph: what is missing, and how far learning has come. Each is a tab: kinds to choose
// from, a list with why and what next, and the map lit accordingly.

import { details, namesOnly, nodes } from '../base/data.js';
import { addTab } from './dock.js';
import { element, phone } from '../base/dom.js';
import { goToNode } from './go.js';
import { colorDot, nodeName, standName } from '../seeing/samples.js';
import { count, number, say } from '../base/say.js';
import { change, state, toggled, whenChanged } from '../base/state.js';
import { themeColor } from '../base/theme.js';
import { fitAll, view } from '../seeing/view.js';

const FINDINGS_AT_ONCE = 60;
const [MARK_SMALLEST, MARK_LARGEST] = [5, 17];
const MANY_ROWS = 200;
const SMALLER = 0.65; // on a phone
const FEW_MARKS = 50; // more of them are drawn smaller, so that they stay apart
const GAP_COLORS = ['gap-1', 'gap-2', 'gap-3', 'gap-4', 'gap-5', 'gap-6', 'gap-7'];
const STANDS = ['ready', 'due', 'learned', 'applied', 'later'];

// In lists a colour is a variable of the style sheet: another theme needs no new list.
const cssColor = (name) => `var(--${name})`;

const standMeaning = (stand) =>
  ({
    ready: say('map.modes.meaning-ready'),
    due: say('map.modes.meaning-due'),
    learned: say('map.modes.meaning-learned'),
    applied: say('map.modes.meaning-applied'),
    later: say('map.modes.meaning-later'),
  })[stand];

// ---------------------------------------------------------------- a mode

// What a mode shows: parts (what may be chosen: { key, label, meaning, color, rows }), whether its list is in parts too.
function addMode({ name, lead, parts, sizeOf, chosenKey, inParts, mostRows, empty }) {
  const panel = element('div', { className: 'mode' });
  let found = null;
  let refill = () => {};

  const hidden = () => state[chosenKey];
  const shownParts = () => found.filter(({ key }) => !hidden().has(key));

  function light() {
    if (state.mode !== name || !found) return;
    const rowsShown = shownParts().flatMap(({ rows }) => rows);
    const most = rowsShown.reduce((largest, { w }) => Math.max(largest, w), 1);
    const crowd = Math.min(1, Math.max(0.4, Math.sqrt(FEW_MARKS / rowsShown.length)));
    const marked = new Map();
    for (const { color, rows } of shownParts()) {
      for (const { i: node, w: weight } of rows) {
        const size = crowd * (phone.matches ? SMALLER : 1) * sizeOf(node, Math.max(0, weight) / most);
        const before = marked.get(node);
        if (!before || before.size < size) marked.set(node, { color: themeColor(color), size });
      }
    }
    const key = shownParts()
      .filter(({ rows }) => rows.length)
      .map((part) => ({ label: part.label, color: themeColor(part.color), hollow: part.key === 'missing' }));
    change({ marked: new Map([...marked].sort(([, one], [, other]) => other.size - one.size)), key }); // names go by this order
  }

  function build() {
    panel.replaceChildren(...(found.some(({ rows }) => rows.length) ? filled() : [emptyNote(empty())]));
  }

  function filled() {
    const list = element('div', { className: 'findings' });
    const fill = () =>
      list.replaceChildren(
        ...(inParts
          ? shownParts()
              .filter(({ rows }) => rows.length)
              .map(partList)
          : [rankedList(shownParts())]),
      );
    fill();
    refill = fill;
    const kinds = element('ul', { className: 'kinds' }, ...found.map(choice));
    return [
      element('p', { className: 'lead', textContent: lead() }),
      inParts && shareBar(found),
      kinds,
      tooMany().length > 0 &&
        tooMany().length < found.filter(({ rows }) => rows.length).length &&
        element('p', { className: 'lead', textContent: manyNote() }),
      list,
    ].filter(Boolean);
  }

  // Kinds that would fill the map are off at first, if anything is left then.
  const tooMany = (some = found) => some.filter(({ rows }) => rows.length > mostRows);
  const manyNote = () => say('map.modes.large-kind', { n: number(mostRows) });

  function leaveOut(some) {
    const many = tooMany(some).map(({ key }) => key);
    if (many.length && !hidden().size && some.some(({ key, rows }) => rows.length && !many.includes(key)))
      change({ [chosenKey]: new Set(many) });
  }

  function choice(part) {
    const box = element('input', { type: 'checkbox', checked: !hidden().has(part.key), disabled: !part.rows.length });
    box.addEventListener('change', () => change({ [chosenKey]: toggled(hidden(), part.key) }));
    const title = element('span', { textContent: part.label, title: part.meaning || part.label });
    const made = element(
      'li',
      {},
      element(
        'label',
        {},
        box,
        colorDot(cssColor(part.color)),
        title,
        element('span', { className: 'count', textContent: number(part.rows.length) }),
      ),
    );
    const mark = () => {
      box.checked = !hidden().has(part.key);
      made.classList.toggle('off', !box.checked || box.disabled);
    };
    made.mark = mark;
    mark();
    return made;
  }

  async function show() {
    if (state.mode !== name) return;
    if (!found) {
      panel.replaceChildren(element('p', { className: 'lead', role: 'status', textContent: say('map.modes.loading') }));
      try {
        const told = parts(await details());
        if (!found) leaveOut(told);
        found = told;
      } catch {
        panel.replaceChildren(emptyNote(say('map.modes.unreadable')));
        return;
      }
    }
    if (state.mode !== name) return;
    build();
    light();
  }

  // On a phone the sheet covers half of the map: what is marked moves into the other half, unless one looks elsewhere.
  async function showFitted() {
    const { scale } = view;
    await show();
    if (state.mode === name && phone.matches && view.scale === scale) fitAll();
  }

  addTab(name, panel);
  whenChanged(['mode'], showFitted);
  whenChanged(['themed'], light);
  whenChanged([chosenKey], () => {
    if (!found || state.mode !== name) return;
    for (const row of panel.querySelectorAll('.kinds li')) row.mark();
    refill();
    light();
  });
}

function emptyNote(text) {
  return element('p', { className: 'empty', textContent: text });
}

// ---------------------------------------------------------------- lists

// The nodes of all chosen kinds, each once with all that is said of it, the most asked for first.
function rankedList(parts) {
  const byNode = new Map();
  for (const part of parts) {
    for (const row of part.rows) {
      if (!byNode.has(row.i)) byNode.set(row.i, { node: row.i, weight: 0, said: [] });
      const own = byNode.get(row.i);
      own.said.push({ row, part });
      own.weight = Math.max(own.weight, row.w);
    }
  }
  if (!byNode.size) return emptyNote(say('map.modes.no-kind'));
  const rows = [...byNode.values()].sort((one, other) => other.weight - one.weight || one.node - other.node);
  const most = rows[0].weight || 1;
  return pagedList(rows, (row) => findingRow({ ...row, share: row.weight / most, isNamed: parts.length > 1 }));
}

function partList(part) {
  const title = element(
    'summary',
    {},
    colorDot(cssColor(part.color)),
    element('span', { textContent: part.label }),
    element('span', { className: 'count', textContent: number(part.rows.length) }),
  );
  const made = element('details', { open: part.key === 'ready' || part.key === 'due' }, title);
  const fill = () => {
    if (!made.open || made.children.length > 1) return;
    made.append(element('p', { className: 'meaning', textContent: part.meaning }));
    made.append(pagedList(part.rows, (row) => findingRow({ node: row.i, weight: row.w, said: [{ row, part }] })));
  };
  made.addEventListener('toggle', fill);
  fill();
  return made;
}

// A list that grows as it is asked to: thousands of rows are never made at once.
function pagedList(rows, made) {
  const list = element('ol', {});
  const more = element('button', { type: 'button', className: 'more' });
  const last = element('li', { className: 'rest' }, more);
  const grow = () => {
    const from = list.children.length - (last.parentElement ? 1 : 0);
    last.remove();
    list.append(...rows.slice(from, from + FINDINGS_AT_ONCE).map(made));
    const left = rows.length - from - FINDINGS_AT_ONCE;
    if (left > 0) {
      more.textContent = count('map.modes.more', Math.min(left, FINDINGS_AT_ONCE));
      list.append(last);
    }
    return list.children[from];
  };
  more.addEventListener('click', () => grow().querySelector('button')?.focus());
  grow();
  return list;
}

// A node with what is said of it: a kind of finding each time, why, and the next step.
function findingRow({ node, weight, said, share, isNamed }) {
  const color = cssColor(said.reduce((one, other) => (other.row.w > one.row.w ? other : one)).part.color);
  const title = element('span', { className: 'title', dir: 'auto', textContent: nodeName(node) });
  const head = element('span', { className: 'head' }, colorDot(color), title);
  if (weight > 0)
    head.append(element('span', { className: 'count', title: say('map.modes.demand'), textContent: number(weight) }));
  const told = [head];
  if (share !== undefined) {
    const bar = element('span', { className: 'weight' });
    bar.style.width = `${Math.max(2, Math.round(100 * share))}%`;
    bar.style.background = color;
    told.push(element('span', { className: 'scale', 'aria-hidden': 'true' }, bar));
  }
  for (const { row, part } of said) told.push(...saidParts(row, part, isNamed));
  const button = element('button', { type: 'button' }, ...told);
  button.addEventListener('click', () => goToNode(node));
  return element('li', {}, button);
}

function saidParts({ y: why, s: step, d: demanded }, { label, key, color }, isNamed) {
  const which = isNamed ? label : demanded && key !== 'applied' ? say('map.modes.goal') : '';
  return [
    which && element('span', { className: 'which' }, isNamed && colorDot(cssColor(color)), which),
    why && element('span', { className: 'why', dir: 'auto', textContent: why }),
    step && element('span', { className: 'next', dir: 'auto', textContent: step }),
  ].filter(Boolean);
}

// How the whole is made up, as one bar.
function shareBar(parts) {
  const bar = element('div', { className: 'shares', ariaHidden: 'true' });
  for (const { color, rows } of parts) {
    if (!rows.length) continue;
    const piece = element('span', {});
    piece.style.flexGrow = rows.length;
    piece.style.background = cssColor(color);
    bar.append(piece);
  }
  return bar;
}

// ---------------------------------------------------------------- what is told

function gapParts({ gaps }) {
  return gaps.map(({ k: key, l: label, r: rows }, turn) => ({
    key,
    label,
    rows,
    color: key === 'missing' ? 'missing' : GAP_COLORS[turn % GAP_COLORS.length],
  }));
}

function learningParts({ learning }) {
  const found = STANDS.map((key) => ({
    key,
    label: standName(key),
    meaning: standMeaning(key),
    color: `stand-${key}`,
    rows: [],
  }));
  for (const row of learning) found.find(({ key }) => key === row.h)?.rows.push(row);
  for (const { rows } of found) rows.sort((one, other) => other.w - one.w || other.d - one.d || one.i - other.i);
  return found;
}

export function startModes() {
  addMode({
    name: 'gaps',
    lead: () => say('map.modes.gaps-lead'),
    mostRows: MANY_ROWS,
    parts: gapParts,
    sizeOf: (node, share) => MARK_SMALLEST + (MARK_LARGEST - MARK_SMALLEST) * Math.sqrt(share),
    chosenKey: 'hiddenGaps',
    empty: () => say('map.modes.gaps-empty'),
  });
  addMode({
    name: 'learning',
    lead: () => say('map.modes.learning-lead'),
    parts: learningParts,
    sizeOf: (node) => Math.max(MARK_SMALLEST, nodes.size[node]),
    chosenKey: 'hiddenStands',
    inParts: true,
    empty: () => (namesOnly ? say('map.modes.learning-names-only') : say('map.modes.learning-empty')),
  });
  whenChanged(['mode'], () => {
    if (state.mode !== 'gaps' && state.mode !== 'learning') change({ marked: null, key: null });
  });
}

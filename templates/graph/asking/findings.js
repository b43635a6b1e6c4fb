// Findings in lists: nodes with why they are named, and what to do next.

import { element } from '../base/dom.js';
import { goToNode } from './go.js';
import { colorDot, nodeName } from '../seeing/samples.js';
import { count, number, say } from '../base/say.js';

const FINDINGS_AT_ONCE = 60;

// In lists a colour is a variable of the style sheet: another theme needs no new list.
export const cssColor = (name) => `var(--${name})`;

export const emptyNote = (text) => element('p', { className: 'empty', textContent: text });

// The nodes of all chosen kinds, each once with all its findings; the most needed come first.
export function rankedList(parts) {
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

export function partList(part) {
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

// A list that grows when the reader wants more, so it never makes thousands of rows in one go.
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

// A node with its findings. Each has a kind, a reason and the next step.
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
  for (const { row, part } of said) told.push(...reasonParts(row, part, isNamed));
  const button = element('button', { type: 'button' }, ...told);
  button.addEventListener('click', () => goToNode(node));
  return element('li', {}, button);
}

function reasonParts({ y: why, s: step, d: demanded }, { label, key, color }, isNamed) {
  const which = isNamed ? label : demanded && key !== 'applied' ? say('map.modes.goal') : '';
  return [
    which && element('span', { className: 'which' }, isNamed && colorDot(cssColor(color)), which),
    why && element('span', { className: 'why', dir: 'auto', textContent: why }),
    step && element('span', { className: 'next', dir: 'auto', textContent: step }),
  ].filter(Boolean);
}

// How the whole is made up, as one bar.
export function shareBar(parts) {
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

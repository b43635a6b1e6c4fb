// The way between two notes: chosen by search or by a click, told step by step, lit on the map.
//
// It has the fewest steps, read in either direction. Typed relations make it; only where they make none, plain links do
// too. It leads through what is shown, and never through a tag or a note of the type `template`; each may be an end.

import { mostLinked, nodeRow } from './answers.js';
import {
  edges,
  edgesAt,
  index,
  isTyped,
  KINDS,
  names,
  nodeCount,
  nodes,
  otherEnd,
  relations,
  types,
} from '../base/data.js';
import { combo, comboField } from './combo.js';
import { addTab } from './dock.js';
import { byId, element, phone, walkedTo } from '../base/dom.js';
import { nodesFor } from './finder.js';
import { goToNode, pathFrom, uncovered } from './go.js';
import { nodeButton, nodeName, relationLine, relationName } from '../seeing/samples.js';
import { count, say } from '../base/say.js';
import { NONE, change, state, whenChanged } from '../base/state.js';
import { moveTo } from '../seeing/view.js';
import { shownEdges } from '../seeing/visible.js';

const TOLD_BACK = new Set(['links-to', 'embeds', 'tagged']);
const LIT_AT_MOST = 40;

// ---------------------------------------------------------------- finding it

function isClosed(node) {
  if (!isTyped(node)) return KINDS[nodes.kind[node]] === 'tag';
  return types[nodes.type[node]]?.n === 'template';
}

// In the order in which `vault-tools path` looks: relations that are told as they are written first, then by name.
function wayOrder(ids) {
  const byName = (one, other) => (ids[one] < ids[other] ? -1 : ids[one] > ids[other] ? 1 : 0);
  const byStep = (one, other) =>
    one.plain - other.plain ||
    one.back - other.back ||
    (one.name < other.name ? -1 : one.name > other.name ? 1 : byName(one.to, other.to));
  return { byName, byStep };
}

function stepsFrom(node, typed, ends) {
  const steps = [];
  for (const edge of edgesAt(node)) {
    const { n: name, s: semantic } = relations[edges.relation[edge]];
    if (!shownEdges[edge] || (typed ? !semantic : name === 'tagged' && !ends.includes(edges.to[edge]))) continue;
    const back = edges.from[edge] === node ? 0 : 1;
    steps.push({ from: node, to: otherEnd(edge, node), edge, name, back, plain: TOLD_BACK.has(name) ? 1 : 0 });
  }
  return steps;
}

function walkWay(from, to, typed, { byName, byStep }) {
  const by = new Array(nodeCount);
  by[from] = null;
  let here = [from];
  while (here.length && by[to] === undefined) {
    const following = [];
    for (const node of here) {
      if (node !== from && isClosed(node)) continue;
      for (const step of stepsFrom(node, typed, [from, to]).sort(byStep)) {
        if (by[step.to] !== undefined) continue;
        by[step.to] = step;
        following.push(step.to);
      }
    }
    here = following.sort(byName);
  }
  return by[to] === undefined ? null : wayBack(by, to);
}

function wayBack(by, to) {
  const steps = [];
  for (let step = by[to]; step; step = by[step.from]) steps.push(step);
  return steps.reverse();
}

// { steps, typed }, or null.
function shortestWay(from, to, ids) {
  const order = wayOrder(ids);
  const typed = walkWay(from, to, true, order);
  if (typed) return { steps: typed, typed: true };
  const plain = walkWay(from, to, false, order);
  return plain && { steps: plain, typed: false };
}

// ---------------------------------------------------------------- telling it

function wayStepRow(node, step) {
  const button = nodeButton(node, goToNode);
  const said =
    step &&
    element(
      'span',
      { className: step.back ? 'relation back' : 'relation' },
      relationLine(edges.relation[step.edge]),
      element('span', { dir: 'auto', textContent: relationName(edges.relation[step.edge], !step.back) }),
    );
  return element('li', {}, ...[said, button].filter(Boolean));
}

// Up and down walk from step to step.
function walkList(event) {
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  const at = buttons.indexOf(document.activeElement);
  const to = walkedTo(event.key, at, buttons.length);
  if (at < 0 || to === undefined) return;
  event.preventDefault();
  buttons[to].focus();
}

function toldWay(from, { steps, typed }) {
  const list = element(
    'ol',
    { className: 'steps' },
    wayStepRow(from),
    ...steps.map((step) => wayStepRow(step.to, step)),
  );
  list.setAttribute('aria-label', say('map.ways.label'));
  list.addEventListener('keydown', walkList);
  const lead = typed ? count('map.ways.steps-typed', steps.length) : count('map.ways.steps-plain', steps.length);
  return [element('p', { className: 'lead', textContent: lead }), list];
}

// ---------------------------------------------------------------- the tab

const pathEnds = () => state.path || [NONE, NONE];

function endBox(which, label) {
  const { input, list, box } = comboField(`path-${which ? 'to' : 'from'}`, label, {
    placeholder: say('map.ways.title-hint'),
  });
  const settle = () => {
    const node = pathEnds()[which];
    input.value = node === NONE ? '' : names[node];
  };
  const choose = (node) => {
    const path = [...pathEnds()];
    path[which] = node;
    if (node !== NONE) uncovered(node);
    change({ path });
    if (which === 0 && path[1] === NONE) byId('path-to').focus();
    else if (which === 1 && path[0] === NONE) byId('path-from').focus();
  };
  combo({
    input,
    list,
    answersTo: (text) => nodesFor(text) || mostLinked(),
    rowOf: (node) => nodeRow(node, input.value),
    take: choose,
    typed: (text) => {
      if (!text && pathEnds()[which] !== NONE) choose(NONE);
    },
  });
  input.addEventListener('focus', () => input.select());
  input.addEventListener('blur', settle);
  whenChanged(['path'], settle);
  return element('div', { className: 'end' }, element('label', { htmlFor: input.id, textContent: label }), box);
}

function swapEnds() {
  const button = element('button', { type: 'button', className: 'swap', textContent: '⇅' });
  button.setAttribute('aria-label', say('map.ways.swap'));
  button.addEventListener('click', () => change({ path: [...pathEnds()].reverse() }));
  return button;
}

let shownPath = '';

async function showWay(answer) {
  if (state.mode !== 'path') return change({ way: null });
  const [from, to] = pathEnds();
  if (from === NONE || to === NONE) {
    const text = from === NONE && to === NONE ? say('map.ways.choose-both') : say('map.ways.choose-other');
    answer.replaceChildren(element('p', { className: 'empty', textContent: text }));
    shownPath = '';
    return change({ way: null });
  }
  const { ids } = await index();
  if (state.mode !== 'path' || pathEnds()[0] !== from || pathEnds()[1] !== to) return undefined;
  const found = from === to ? { steps: [], typed: true } : shortestWay(from, to, ids);
  const held = answer.contains(document.activeElement);
  if (from === to) answer.replaceChildren(element('p', { className: 'empty', textContent: say('map.ways.same-note') }));
  else if (found) answer.replaceChildren(...toldWay(from, found));
  else answer.replaceChildren(noWay(from, to));
  if (held) answer.querySelector('button')?.focus();
  const lit = found ? [from, ...found.steps.map((step) => step.to)] : [from, to];
  change({ way: { nodes: lit, edges: found ? found.steps.map((step) => step.edge) : [], isThere: Boolean(found) } });
  if (shownPath !== `${from} ${to}` && lit.length <= LIT_AT_MOST) moveTo(lit, {});
  shownPath = `${from} ${to}`;
  return undefined;
}

function noWay(from, to) {
  const text = say('map.ways.no-path', { one: nodeName(from), other: nodeName(to) });
  return element('p', { className: 'empty', textContent: text });
}

// A click on the map fills the end that is empty.
function fillPath() {
  const [from, to] = pathEnds();
  const node = state.selected;
  if (state.mode !== 'path' || node === NONE || node === from || node === to) return;
  if (from === NONE) change({ path: [node, to] });
  else if (to === NONE) change({ path: [from, node] });
}

export function startWays() {
  const answer = element('div', { className: 'answer', role: 'status' });
  const panel = element(
    'div',
    { className: 'ways' },
    element('div', { className: 'ends' }, endBox(0, say('map.ways.from')), endBox(1, say('map.ways.to')), swapEnds()),
    answer,
  );
  addTab('path', panel);
  whenChanged(['path'], () => {
    if (!state.path) return;
    if (state.mode !== 'path') change({ mode: 'path' });
    if (state.path && state.path[0] !== NONE && state.path[1] === NONE && !phone.matches) byId('path-to').focus();
  });
  whenChanged(['mode'], () => {
    if (state.mode === 'path' && !state.path && state.selected !== NONE) pathFrom(state.selected);
  });
  whenChanged(['path', 'mode', 'shown', 'themed'], () => showWay(answer));
  whenChanged(['selected'], fillPath);
  showWay(answer);
}

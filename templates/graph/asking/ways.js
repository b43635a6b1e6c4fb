// The mode of paths: both ends are chosen by search or by a click, and the way between them is lit on the map.

import { mostLinked, nodeRow } from './answers.js';
import { combo, comboField } from './combo.js';
import { index, names } from '../base/data.js';
import { addTab } from './dock.js';
import { byId, element, phone } from '../base/dom.js';
import { nodesFor } from './finder.js';
import { pathFrom, uncovered } from './go.js';
import { nodeName } from '../seeing/samples.js';
import { say } from '../base/say.js';
import { NONE, change, state, whenChanged } from '../base/state.js';
import { wayParts } from './steps.js';
import { moveTo } from '../seeing/moving.js';
import { shortestWay } from './way.js';

const LIT_AT_MOST = 40;
const pathEnds = () => state.path || [NONE, NONE];
function endBox(which, label) {
  const { input, list, box } = comboField(`path-${which ? 'to' : 'from'}`, label, {
    placeholder: say('map.ways.title-hint'),
  });
  const settle = () => {
    const node = pathEnds()[which];
    input.value = node === NONE ? '' : names[node];
  };
  combo({
    input,
    list,
    answersTo: (text) => nodesFor(text) || mostLinked(),
    rowOf: (node) => nodeRow(node, input.value),
    take: (node) => chooseEnd(which, node),
    typed: (text) => {
      if (!text && pathEnds()[which] !== NONE) chooseEnd(which, NONE);
    },
  });
  input.addEventListener('focus', () => input.select());
  input.addEventListener('blur', settle);
  whenChanged(['path'], settle);
  return element('div', { className: 'end' }, element('label', { htmlFor: input.id, textContent: label }), box);
}

// The reader names the other end next.
function chooseEnd(which, node) {
  const path = [...pathEnds()];
  path[which] = node;
  if (node !== NONE) uncovered(node);
  change({ path });
  if (which === 0 && path[1] === NONE) byId('path-to').focus();
  else if (which === 1 && path[0] === NONE) byId('path-from').focus();
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
  if (from === NONE || to === NONE) return askForEnds(answer, from === NONE && to === NONE);
  const { ids } = await index();
  if (state.mode !== 'path' || pathEnds()[0] !== from || pathEnds()[1] !== to) return undefined;
  const way = from === to ? { steps: [], typed: true } : shortestWay(from, to, ids);
  showAnswer(answer, answerParts(from, to, way));
  lightWay(from, to, way);
  return undefined;
}

function askForEnds(answer, both) {
  const text = both ? say('map.ways.choose-both') : say('map.ways.choose-other');
  answer.replaceChildren(element('p', { className: 'empty', textContent: text }));
  shownPath = '';
  change({ way: null });
}

function answerParts(from, to, way) {
  if (from === to) return [element('p', { className: 'empty', textContent: say('map.ways.same-note') })];
  return way ? wayParts(from, way) : [noWay(from, to)];
}

function showAnswer(answer, parts) {
  const hadFocus = answer.contains(document.activeElement);
  answer.replaceChildren(...parts);
  if (hadFocus) answer.querySelector('button')?.focus();
}

function lightWay(from, to, way) {
  const lit = way ? [from, ...way.steps.map((step) => step.to)] : [from, to];
  change({ way: { nodes: lit, edges: way ? way.steps.map((step) => step.edge) : [], isThere: Boolean(way) } });
  if (shownPath !== `${from} ${to}` && lit.length <= LIT_AT_MOST) moveTo(lit, {});
  shownPath = `${from} ${to}`;
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

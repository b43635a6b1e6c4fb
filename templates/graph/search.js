// The search box: as one types, the answers are listed and lit on the map; Enter goes to the best one.

import { folders, names, nodeCount, nodes } from './data.js';
import { combo } from './combo.js';
import { byId, element } from './dom.js';
import { otherAnswer, finderReady, nodesFor } from './finder.js';
import { chooseNode } from './go.js';
import { kindName, nodeDot, nodeName } from './samples.js';
import { say } from './say.js';
import { change, state, whenChanged } from './state.js';
import { shownNodes } from './visible.js';

const MOST_OFFERED = 12;

// A row for a node in a list of answers: its title, and where it is, or what else answers.
export function nodeRow(node, query) {
  const hint = element('span', {
    className: 'hint',
    dir: 'auto',
    textContent: folders[nodes.folder[node]] || kindName(node),
  });
  if (query) {
    otherAnswer(node, query).then((other) => {
      if (other) hint.textContent = other.tag || say('also: {alias}', other);
    });
  }
  return [
    nodeDot(node),
    element('span', { className: 'title', dir: 'auto', title: names[node], textContent: nodeName(node) }),
    hint,
  ];
}

// What is offered before anything is typed: the most linked notes that are shown.
export function mostLinked() {
  const found = [];
  for (let node = 0; node < nodeCount && found.length < MOST_OFFERED; node += 1) if (shownNodes[node]) found.push(node);
  return found;
}

export function startSearch() {
  const input = byId('query');
  const list = byId('results');
  const typed = (text) => change({ query: text, found: nodesFor(text) });
  const box = combo({
    input,
    list,
    typed,
    answersTo: () => state.found || mostLinked(),
    rowOf: (node) => nodeRow(node, input.value),
    take: choseAnswer,
  });

  input.addEventListener('focus', () => {
    finderReady().then(() => {
      if (input.value) {
        typed(input.value);
        box.again();
      }
    });
    if (input.value) {
      typed(input.value);
      box.show();
    }
  });
  input.addEventListener('blur', () => {
    if (!input.value) change({ query: '', found: null });
  });
  input.addEventListener('input', () => {
    if (!input.value) box.close();
  });
  (window.requestIdleCallback || setTimeout)(() => finderReady());
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'k' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
  whenChanged(['query'], () => {
    if (input.value === state.query) return;
    input.value = state.query;
    change({ found: nodesFor(state.query) });
    if (state.query) finderReady().then(() => change({ found: nodesFor(state.query) }));
  });
}

function choseAnswer(node) {
  change({ query: '', found: null });
  chooseNode(node, { near: true });
  const heading = byId('panel').querySelector('h2');
  if (heading) heading.focus({ preventScroll: true });
}

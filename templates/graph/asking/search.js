// The search box: as one types, the answers are listed and lit on the map; Enter goes to the best one.

import { mostLinked, nodeRow } from './answers.js';
import { combo } from './combo.js';
import { byId } from '../base/dom.js';
import { finderReady, nodesFor } from './finder.js';
import { chooseNode } from './go.js';
import { change, state, whenChanged } from '../base/state.js';

const searchFor = (text) => change({ query: text, found: nodesFor(text) });

export function startSearch() {
  const input = byId('query');
  const box = combo({
    input,
    list: byId('results'),
    typed: searchFor,
    answersTo: () => state.found || mostLinked(),
    rowOf: (node) => nodeRow(node, input.value),
    take: choseAnswer,
  });
  listenToSearch(input, box);
  (window.requestIdleCallback || setTimeout)(() => finderReady());
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'k' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
  whenChanged(['query'], () => takeQuery(input));
}

function listenToSearch(input, box) {
  const searchAgain = (shown) => {
    if (!input.value) return;
    searchFor(input.value);
    shown();
  };
  input.addEventListener('focus', () => {
    finderReady().then(() => searchAgain(box.again));
    searchAgain(box.show);
  });
  input.addEventListener('blur', () => {
    if (!input.value) change({ query: '', found: null });
  });
  input.addEventListener('input', () => {
    if (!input.value) box.close();
  });
}

// What is searched for was changed elsewhere: by the address, for example.
function takeQuery(input) {
  if (input.value === state.query) return;
  input.value = state.query;
  change({ found: nodesFor(state.query) });
  if (state.query) finderReady().then(() => change({ found: nodesFor(state.query) }));
}

function choseAnswer(node) {
  change({ query: '', found: null });
  chooseNode(node, { near: true });
  const heading = byId('panel').querySelector('h2');
  if (heading) heading.focus({ preventScroll: true });
}

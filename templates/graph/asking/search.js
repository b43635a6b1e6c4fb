// The search box: as one types, the answers are listed and lit on the map; Enter goes to the best one.

import { mostLinked, nodeRow } from './answers.js';
import { combo } from './combo.js';
import { byId } from '../base/dom.js';
import { finderReady, nodesFor } from './finder.js';
import { chooseNode } from './go.js';
import { change, state, whenChanged } from '../base/state.js';

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

// How much of the map the filters leave, why it is empty, and the way back to all.

import { KINDS, isTyped, nodeCount, nodes } from '../base/data.js';
import { byId, element } from '../base/dom.js';
import { count, number, say } from '../base/say.js';
import { state, whenChanged } from '../base/state.js';
import { isFiltered, resetFilters, shownMany, shownNodes } from '../seeing/visible.js';

function showCounts() {
  const { nodes: shown, edges: lines } = shownMany;
  let all = 0;
  for (let node = 0; node < nodeCount; node += 1)
    if (shownNodes[node] || isTyped(node) || !state.hiddenKinds.has(KINDS[nodes.kind[node]])) all += 1;
  const links = count('map.filters.link-count', lines);
  const text =
    shown === all
      ? count('map.filters.node-count', shown)
      : count('map.filters.shown-nodes', shown, { all: number(all) });
  byId('counts').textContent = `${text} · ${links}`;
}

function resetBar() {
  const button = element('button', { type: 'button', id: 'reset', textContent: say('map.filters.reset') });
  button.addEventListener('click', () => {
    resetFilters();
    byId('tab-legend').focus();
  });
  return element('div', { className: 'reset', hidden: true }, button);
}

// An empty map says why it is empty.
function sayEmpty() {
  const message = byId('message');
  message.hidden = shownMany.nodes > 0;
  if (message.hidden) return;
  message.textContent = nodeCount ? say('map.filters.all-filtered') : say('map.filters.empty-vault');
}

export function startFilters() {
  const bar = resetBar();
  byId('in-legend').append(bar);
  const settle = () => {
    showCounts();
    sayEmpty();
    bar.hidden = !isFiltered();
    byId('filter').classList.toggle('on', !bar.hidden);
  };
  whenChanged(['shown'], settle);
  settle();
}

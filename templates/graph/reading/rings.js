// What is around a note, in words: a list for each step away from it, and the node that is chosen among them.

import { edges, edgesAt, otherEnd } from '../base/data.js';
import { byId, element } from '../base/dom.js';
import { uncovered } from '../asking/go.js';
import { kindName, nodeButton, nodeDot, nodeName, relationName } from '../seeing/samples.js';
import { count, say } from '../base/say.js';
import { change, state } from '../base/state.js';
import { moveTo } from '../seeing/moving.js';
import { shownEdges } from '../seeing/visible.js';
import { centreNearby, distinctTies, nearbyView } from './nearby.js';

export function showAround() {
  const { centre, depth, steps, left } = nearbyView.area;
  byId('around-title').textContent = nodeName(centre);
  const found = count('map.local.around', steps.size - 1);
  byId('around-says').textContent = left ? `${found} · ${count('map.local.left-out', left)}` : found;
  for (const button of byId('around-depth').querySelectorAll('button'))
    button.setAttribute('aria-pressed', String(Number(button.value) === depth));
  byId('around-list').replaceChildren(...ringLists());
  byId('around-list').scrollTop = 0;
}

function ringLists() {
  const { steps, depth, centre } = nearbyView.area;
  const made = [];
  for (let step = 1; step <= depth; step += 1) {
    const ring = [...steps.keys()].filter((node) => steps.get(node) === step);
    if (!ring.length) break;
    made.push(element('h3', { textContent: count('map.local.steps-away', step) }));
    made.push(
      element(
        'ul',
        {},
        ...ring.map((node) =>
          element(
            'li',
            {},
            nodeButton(node, pickNearby),
            step === 1 && element('span', { className: 'hint', dir: 'auto', textContent: tieTo(node, centre) }),
          ),
        ),
      ),
    );
  }
  return made.length ? made : [element('p', { className: 'hint', textContent: say('map.local.empty') })];
}

function tieTo(node, centre) {
  const ties = distinctTies([...edgesAt(node)].filter((edge) => shownEdges[edge] && otherEnd(edge, node) === centre));
  const said = ties.map((edge) => relationName(edges.relation[edge], edges.from[edge] === centre));
  return [...new Set(said)].join(say('common.list-separator'));
}

function pickNearby(node) {
  uncovered(node);
  change({ selected: node });
  nearbyView.network?.selectNodes([node], false);
}

export function showChosen() {
  const node = state.selected;
  for (const button of byId('around-list').querySelectorAll('[aria-current]')) button.removeAttribute('aria-current');
  const at = [...nearbyView.area.steps.keys()].filter((each) => each !== nearbyView.area.centre).indexOf(node);
  byId('around-list').querySelectorAll('button')[at]?.setAttribute('aria-current', 'true');
  const parts = [
    element(
      'p',
      {},
      nodeDot(node),
      element('b', { dir: 'auto', textContent: nodeName(node) }),
      element('span', { className: 'hint', textContent: kindName(node) }),
    ),
  ];
  if (node !== nearbyView.area.centre) parts.push(footButton(say('map.local.center'), () => centreNearby(node)));
  parts.push(footButton(say('map.local.show-on-map'), () => toMap(node)));
  byId('around-chosen').replaceChildren(...parts);
}

function footButton(text, pressed) {
  const made = element('button', { type: 'button', textContent: text });
  made.addEventListener('click', pressed);
  return made;
}

function toMap(node) {
  byId('around').close();
  moveTo([node], {});
}

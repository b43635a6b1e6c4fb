// The side panel: all that is known of the chosen node, and ways on from it.

import { nodes, stages } from '../base/data.js';
import { CROSS, byId, element, iconButton } from '../base/dom.js';
import { fillPanel, pressTag } from './facts.js';
import { pathFrom } from '../asking/go.js';
import { panelGrip } from './grip.js';
import { isPinned, letGo, whenPinned } from '../seeing/pins.js';
import { kindName, nodeDot, nodeName } from '../seeing/samples.js';
import { say } from '../base/say.js';
import { linkSection, panelButton, sideOf } from './sections.js';
import { NONE, change, state, whenChanged } from '../base/state.js';
import { backButton, follow, forgetTrail } from './trail.js';

export function startPanel() {
  whenChanged(['selected'], showPanel);
  whenChanged(['shown', 'themed'], () => state.selected !== NONE && paintDots());
  whenChanged(['tag'], pressTag);
  whenPinned(showPinned);
  if (state.selected !== NONE) showPanel();
}

function showPanel() {
  const node = state.selected;
  const panel = byId('panel');
  if (node === NONE) return hidePanel();
  follow(node);
  const held = panel.contains(document.activeElement) || document.activeElement === byId('query');
  panel.replaceChildren(panelGrip(), panelTop(), ...panelParts(node));
  panel.hidden = false;
  panel.scrollTop = 0;
  document.body.classList.add('with-panel');
  if (held) panel.querySelector('h2').focus({ preventScroll: true });
  fillPanel(node);
}

function hidePanel() {
  const panel = byId('panel');
  const held = panel.contains(document.activeElement);
  panel.hidden = true;
  panel.classList.remove('tall');
  panel.replaceChildren();
  document.body.classList.remove('with-panel');
  forgetTrail();
  if (held) byId('map').focus({ preventScroll: true });
}

function panelTop() {
  const back = backButton();
  const close = iconButton(CROSS, say('map.keyboard.close'), {
    id: 'close',
    onclick: () => change({ selected: NONE }),
  });
  return element('div', { className: 'panel-top' }, ...(back ? [back] : []), close);
}

function panelParts(node) {
  const stage = nodes.stage[node] ? ` · ${stages[nodes.stage[node] - 1].l}` : '';
  return [
    element('h2', { dir: 'auto', tabIndex: -1, textContent: nodeName(node) }),
    element(
      'p',
      { className: 'kind' },
      nodeDot(node),
      element('span', { dir: 'auto', textContent: kindName(node) + stage }),
    ),
    element('p', { className: 'path', dir: 'auto', hidden: true }),
    element('div', { className: 'actions' }, ...panelActions(node)),
    element('div', { className: 'about' }),
    linkSection(say('map.panel.links'), 'out', sideOf(node, true)),
    linkSection(say('map.panel.backlinks'), 'in', sideOf(node, false)),
    element('div', { className: 'facts' }),
  ].filter(Boolean);
}

function panelActions(node) {
  return [
    panelButton(say('map.panel.neighbourhood'), 'near', () => change({ depth: state.depth || 1 })),
    panelButton(say('map.panel.path'), 'way', () => pathFrom(node)),
    ...(isPinned(node) ? [panelButton(say('map.panel.unpin'), 'unpin', () => letGo([node]))] : []),
  ];
}

// A node that is put somewhere by hand can be let go.
function showPinned() {
  if (state.selected === NONE || Boolean(byId('panel').querySelector('.unpin')) === isPinned(state.selected)) return;
  const row = byId('panel').querySelector('.actions');
  const address = row.querySelector('.open');
  row.replaceChildren(...(address ? [address] : []), ...panelActions(state.selected));
}

// A dot has the colour that its node has on the map.
function paintDots() {
  const panel = byId('panel');
  panel.querySelector('.kind svg')?.replaceWith(nodeDot(state.selected));
  panel.querySelectorAll('section.links').forEach((part) => {
    const side = sideOf(state.selected, part.classList.contains('out'));
    part.querySelectorAll('ul').forEach((list, at) => {
      list.querySelectorAll('button.node svg').forEach((dot, turn) => dot.replaceWith(nodeDot(side[at].nodes[turn])));
    });
  });
}

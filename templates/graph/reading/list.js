// What the canvas shows, in words: a list that goes along with it.

import { mostLinked } from '../asking/answers.js';
import { byId, element } from '../base/dom.js';
import { chooseNode } from '../asking/go.js';
import { vault } from '../base/home.js';
import { roveTwin, twinFocus, twinKey } from './roving.js';
import { nodeButton, nodeName, relationLine, relationName, tiesOf } from '../seeing/samples.js';
import { count, say } from '../base/say.js';
import { chosenText, foundText, modeText, noWayText, shownText, wayWords } from './sentences.js';
import { NONE, state, whenChanged } from '../base/state.js';

const MOST_LISTED = 50;
const TWIN_PAUSE = 200;

let twinWaiting = 0;

export function startList() {
  const map = byId('map');
  for (const canvas of map.querySelectorAll('canvas')) canvas.setAttribute('aria-hidden', 'true');
  Object.assign(map, { tabIndex: 0, role: 'application' });
  map.setAttribute('aria-label', say('map.list.map-label', { vault }));
  map.setAttribute('aria-describedby', 'twin-says');
  map.after(twinMade());
  document.body.prepend(skipLink());
  whenChanged(['selected', 'found', 'way', 'marked', 'mode', 'shown'], twinLater);
  twinLater();
}

function twinMade() {
  const heading = element('h2', { id: 'twin-title', tabIndex: -1, textContent: say('map.list.title') });
  const twin = element(
    'section',
    { id: 'twin', className: 'unseen', 'aria-labelledby': 'twin-title' },
    heading,
    element('p', { id: 'twin-says' }),
    element('div', { id: 'twin-body' }),
  );
  twin.addEventListener('keydown', twinKey);
  return twin;
}

function skipLink() {
  const made = element('button', {
    type: 'button',
    className: 'skip',
    textContent: say('map.list.skip'),
  });
  made.addEventListener('click', () => byId('twin-title').focus());
  return made;
}

export function toggleList(on = !listIsOpen()) {
  byId('twin').classList.toggle('unseen', !on);
  byId('twin').scrollTop = 0;
  if (on) byId('twin-title').focus();
  else byId('map').focus({ preventScroll: true });
}

// It is seen when it was opened, and while the focus is in it.
export const listIsOpen = () =>
  !byId('twin').classList.contains('unseen') || byId('twin').contains(document.activeElement);

function twinLater() {
  if (!twinWaiting) twinWaiting = setTimeout(fillTwin, TWIN_PAUSE);
}

function fillTwin() {
  twinWaiting = 0;
  const focus = twinFocus();
  byId('twin-says').textContent = shownText();
  byId('twin-body').replaceChildren(
    ...[chosenPart(), wayPart(), foundPart(), markedPart(), importantPart()].flat().filter(Boolean),
  );
  roveTwin(focus);
}

function chosenPart() {
  if (state.selected === NONE) return [];
  const groups = tiesOf(state.selected).flatMap(({ relation, outward, nodes: others }) => [
    element(
      'h4',
      {},
      relationLine(relation),
      element('span', { dir: 'auto', textContent: relationName(relation, outward) }),
    ),
    twinList(others, 'chosen'),
  ]);
  return [
    element('h3', { dir: 'auto', textContent: nodeName(state.selected) }),
    element('p', { className: 'hint', textContent: chosenText() }),
    ...groups,
  ];
}

function wayPart() {
  if (!state.way) return [];
  const made = element('ol', {}, ...state.way.nodes.map((node) => element('li', {}, twinButton(node, 'way'))));
  if (!state.way.isThere)
    return [
      element('h3', { textContent: say('map.list.no-path') }),
      element('p', { className: 'hint', dir: 'auto', textContent: noWayText() }),
      made,
    ];
  return [
    element('h3', { textContent: count('map.list.path-found', state.way.edges.length) }),
    element('p', { className: 'hint', dir: 'auto', textContent: wayWords().join(' ') }),
    made,
  ];
}

const foundPart = () => state.found && [element('h3', { textContent: foundText() }), twinList(state.found, 'found')];
const markedPart = () =>
  state.marked &&
  state.mode && [element('h3', { textContent: modeText() }), twinList([...state.marked.keys()], 'marked')];

function importantPart() {
  const some = mostLinked(MOST_LISTED);
  return some.length ? [element('h3', { textContent: say('map.list.top-notes') }), twinList(some, 'important')] : [];
}

// Which part a button stands in is kept with it, so that it is known again when the list is made anew.
function twinButton(node, part) {
  const made = nodeButton(node, chooseNode);
  made.dataset.part = part;
  return made;
}

function twinList(some, part) {
  const made = element(
    'ul',
    {},
    ...some.slice(0, MOST_LISTED).map((node) => element('li', {}, twinButton(node, part))),
  );
  if (some.length > MOST_LISTED)
    made.append(
      element('li', {
        className: 'hint',
        textContent: count('common.more', some.length - MOST_LISTED),
      }),
    );
  return made;
}

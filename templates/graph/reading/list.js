// What the canvas shows, in words: a list that goes along with it, and what is announced when something changes.

import { edges, edgesAt, modes, nodeCount } from '../base/data.js';
import { mostLinked } from '../asking/answers.js';
import { byId, element, walkedTo } from '../base/dom.js';
import { chooseNode } from '../asking/go.js';
import { vault } from '../base/home.js';
import { kindName, nodeButton, nodeName, relationLine, relationName, tiesOf } from '../seeing/samples.js';
import { count, number, say } from '../base/say.js';
import { NONE, state, whenChanged } from '../base/state.js';
import { shownMany } from '../seeing/visible.js';

const MOST_LISTED = 50;
const TWIN_PAUSE = 200;
const SPOKEN_AFTER = 500;

const TOLD_IN_TURN = ['selected', 'mode', 'way', 'found', 'shown'];

let twinWaiting = 0;
let twinSpeaking = 0;
const twinToTell = new Map(); // what has changed → what is to be said of it

export function startList() {
  const map = byId('map');
  for (const canvas of map.querySelectorAll('canvas')) canvas.setAttribute('aria-hidden', 'true');
  Object.assign(map, { tabIndex: 0, role: 'application' });
  map.setAttribute('aria-label', say('map.list.map-label', { vault }));
  map.setAttribute('aria-describedby', 'twin-says');
  map.after(twinMade());
  byId('main').append(element('p', { id: 'live', className: 'unseen', role: 'status', 'aria-live': 'polite' }));
  document.body.prepend(skipLink());
  whenChanged(['selected', 'found', 'way', 'marked', 'mode', 'shown'], twinLater);
  whenChanged(['selected'], () => announceSoon('selected', state.selected !== NONE && chosenSaid));
  whenChanged(['found'], () => announceSoon('found', state.found && foundSaid));
  whenChanged(['mode'], () => announceSoon('mode', modeSaid));
  whenChanged(['way'], () => announceSoon('way', state.way && waySaid));
  whenChanged(['shown'], () => announceSoon('shown', shownSaid));
  twinLater();
}

// ---------------------------------------------------------------- what is announced

// What changes at once is said at once, each thing as it is by then.
function announceSoon(what, said) {
  if (said) twinToTell.set(what, said);
  else twinToTell.delete(what);
  clearTimeout(twinSpeaking);
  twinSpeaking = setTimeout(announce, SPOKEN_AFTER);
}

function announce() {
  const told = TOLD_IN_TURN.filter((what) => twinToTell.has(what)).map((what) => twinToTell.get(what)());
  twinToTell.clear();
  if (told.length) byId('live').textContent = told.join(say('common.semicolon'));
}

const foundSaid = () => count('map.list.found', state.found.length);

function chosenSaid() {
  const links = count('map.filters.link-count', edgesAt(state.selected).length);
  return say('map.list.note-label', { note: nodeName(state.selected), kind: kindName(state.selected), links });
}

const modeSaid = () => modes.find(({ name }) => name === state.mode)?.heading || say('map.list.mode-plain');

function waySaid() {
  if (!state.way.isThere) return noWaySaid();
  const steps = count('map.list.path-found', state.way.edges.length);
  return `${steps}${say('common.colon')}${wayWords().join(' ')}`;
}

function noWaySaid() {
  const [one, other] = state.way.nodes.map(nodeName);
  return say('map.list.no-way', { one, other });
}

function wayWords() {
  const { nodes: some, edges: ties } = state.way;
  return some.flatMap((node, at) =>
    at
      ? [relationName(edges.relation[ties[at - 1]], edges.to[ties[at - 1]] === node), nodeName(node)]
      : [nodeName(node)],
  );
}

function shownSaid() {
  const { nodes: dots, edges: lines } = shownMany;
  const links = count('map.filters.link-count', lines);
  if (dots === nodeCount) return say('map.list.all-shown', { n: number(dots), links });
  return say('map.list.some-shown', { n: number(dots), all: number(nodeCount), links });
}

// ---------------------------------------------------------------- the list

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
  if (!twinWaiting) twinWaiting = setTimeout(tellTwin, TWIN_PAUSE);
}

function tellTwin() {
  twinWaiting = 0;
  const focus = twinFocus();
  byId('twin-says').textContent = shownSaid();
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
    element('p', { className: 'hint', textContent: chosenSaid() }),
    ...groups,
  ];
}

function wayPart() {
  if (!state.way) return [];
  const made = element('ol', {}, ...state.way.nodes.map((node) => element('li', {}, twinButton(node, 'way'))));
  if (!state.way.isThere)
    return [
      element('h3', { textContent: say('map.list.no-path') }),
      element('p', { className: 'hint', dir: 'auto', textContent: noWaySaid() }),
      made,
    ];
  return [
    element('h3', { textContent: count('map.list.path-found', state.way.edges.length) }),
    element('p', { className: 'hint', dir: 'auto', textContent: wayWords().join(' ') }),
    made,
  ];
}

const foundPart = () => state.found && [element('h3', { textContent: foundSaid() }), twinList(state.found, 'found')];
const markedPart = () =>
  state.marked &&
  state.mode && [element('h3', { textContent: modeSaid() }), twinList([...state.marked.keys()], 'marked')];

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

// ---------------------------------------------------------------- one stop of the Tab key, arrows within

const twinButtons = () => [...byId('twin').querySelectorAll('button')];

// What has the focus in the list: { node, part }, {} for its heading; null: nothing has.
function twinFocus() {
  const held = document.activeElement;
  return byId('twin').contains(held) ? { ...held.dataset } : null;
}

// The same note in the same part of the list, else elsewhere in it; else the focus goes to the heading.
function roveTwin(held) {
  const all = twinButtons();
  const same = held?.node ? all.filter(({ dataset }) => dataset.node === held.node) : [];
  const found = same.find(({ dataset }) => dataset.part === held.part) || same[0];
  all.forEach((button, at) => {
    button.tabIndex = found ? (button === found ? 0 : -1) : at ? -1 : 0;
  });
  if (held && !byId('twin').contains(document.activeElement))
    (found || byId('twin-title')).focus({ preventScroll: true });
}

function twinKey(event) {
  const all = twinButtons();
  const to = walkedTo(event.key, all.indexOf(document.activeElement), all.length);
  if (to === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  event.stopPropagation();
  all.forEach((button, turn) => {
    button.tabIndex = turn === to ? 0 : -1;
  });
  all[to].focus();
}

// What the canvas shows, in words: a list that goes along with it, and what is announced when something changes.

import { edgeCount, edges, edgesAt, nodeCount, vault } from './data.js';
import { byId, element } from './dom.js';
import { chooseNode } from './panel.js';
import { kindName, nodeButton, nodeName, relationLine, relationName, tiesOf } from './samples.js';
import { count, number, say } from './say.js';
import { NONE, state, whenChanged } from './state.js';
import { shownEdges, shownNodes } from './visible.js';

const MOST_LISTED = 50;
const TWIN_PAUSE = 200;
const SPOKEN_AFTER = 500;

let twinWaiting = 0;
let twinSpeaking = 0;

export function startList() {
  const map = byId('map');
  for (const canvas of map.querySelectorAll('canvas')) canvas.setAttribute('aria-hidden', 'true');
  Object.assign(map, { tabIndex: 0, role: 'application' });
  map.setAttribute(
    'aria-label',
    say('Map of {vault}; press ? for the keys, the list after it says what is shown', { vault }),
  );
  map.setAttribute('aria-describedby', 'twin-says');
  map.after(twinMade());
  byId('main').append(element('p', { id: 'live', className: 'unseen', role: 'status', 'aria-live': 'polite' }));
  document.body.prepend(skipLink());
  whenChanged(['selected', 'found', 'way', 'marked', 'mode', 'shown'], twinLater);
  whenChanged(['selected'], () => state.selected !== NONE && announceSoon(chosenSaid()));
  whenChanged(
    ['found'],
    () => state.found && announceSoon(count('{n} note found', '{n} notes found', state.found.length)),
  );
  whenChanged(['mode'], () => announceSoon(modeSaid()));
  whenChanged(['way'], () => state.way && announceSoon(waySaid()));
  whenChanged(['shown'], () => announceSoon(shownSaid()));
  twinLater();
}

// ---------------------------------------------------------------- what is announced

function announceSoon(text) {
  clearTimeout(twinSpeaking);
  twinSpeaking = setTimeout(() => {
    byId('live').textContent = text;
  }, SPOKEN_AFTER);
}

function chosenSaid() {
  const links = count('{n} link', '{n} links', edgesAt(state.selected).length);
  return say('{note}, {kind}, {links}', { note: nodeName(state.selected), kind: kindName(state.selected), links });
}

function modeSaid() {
  if (state.mode === 'gaps') return say('The map shows what is missing');
  if (state.mode === 'learning') return say('The map shows how far learning has come');
  return state.mode === 'path' ? say('The map shows a path') : say('The map shows everything alike');
}

function waySaid() {
  const steps = count('Path of {n} step', 'Path of {n} steps', state.way.edges.length);
  return `${steps}: ${wayWords().join(' ')}`;
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
  let [dots, lines] = [0, 0];
  for (let node = 0; node < nodeCount; node += 1) dots += shownNodes[node];
  for (let edge = 0; edge < edgeCount; edge += 1) lines += shownEdges[edge];
  const links = count('{n} link', '{n} links', lines);
  if (dots === nodeCount) return say('All {n} nodes and {links} are shown', { n: number(dots), links });
  return say('{n} of {all} nodes and {links} are shown', { n: number(dots), all: number(nodeCount), links });
}

// ---------------------------------------------------------------- the list

function twinMade() {
  const heading = element('h2', { id: 'twin-title', tabIndex: -1, textContent: say('What the map shows') });
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
    textContent: say('Skip to the list of what the map shows'),
  });
  made.addEventListener('click', () => byId('twin-title').focus());
  return made;
}

export function toggleList(on = byId('twin').classList.contains('unseen')) {
  byId('twin').classList.toggle('unseen', !on);
  byId('twin').scrollTop = 0;
  if (on) byId('twin-title').focus();
  else byId('map').focus({ preventScroll: true });
}

export const listIsOpen = () => !byId('twin').classList.contains('unseen');

function twinLater() {
  if (!twinWaiting) twinWaiting = setTimeout(tellTwin, TWIN_PAUSE);
}

function tellTwin() {
  twinWaiting = 0;
  sayEmpty();
  const focus = twinFocus();
  byId('twin-says').textContent = shownSaid();
  byId('twin-body').replaceChildren(
    ...[chosenPart(), wayPart(), foundPart(), markedPart(), importantPart()].flat().filter(Boolean),
  );
  roveTwin(focus);
}

// An empty map says why it is empty.
function sayEmpty() {
  const message = byId('message');
  message.hidden = shownNodes.includes(1);
  if (!message.hidden)
    message.textContent = nodeCount
      ? say('Nothing is left by what is filtered.')
      : say('There is nothing in this vault yet. Write a note, then build this page again.');
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
    twinList(others),
  ]);
  return [
    element('h3', { dir: 'auto', textContent: nodeName(state.selected) }),
    element('p', { className: 'hint', textContent: chosenSaid() }),
    ...groups,
  ];
}

function wayPart() {
  if (!state.way) return [];
  const made = element('ol', {}, ...state.way.nodes.map((node) => element('li', {}, nodeButton(node, chooseNode))));
  return [
    element('h3', { textContent: count('Path of {n} step', 'Path of {n} steps', state.way.edges.length) }),
    element('p', { className: 'hint', dir: 'auto', textContent: wayWords().join(' ') }),
    made,
  ];
}

const foundPart = () =>
  state.found && [
    element('h3', { textContent: count('{n} note found', '{n} notes found', state.found.length) }),
    twinList(state.found),
  ];
const markedPart = () =>
  state.marked && state.mode && [element('h3', { textContent: modeSaid() }), twinList([...state.marked.keys()])];

function importantPart() {
  const some = [];
  for (let node = 0; node < nodeCount && some.length < MOST_LISTED; node += 1) if (shownNodes[node]) some.push(node);
  return some.length ? [element('h3', { textContent: say('The most important that are shown') }), twinList(some)] : [];
}

function twinList(some) {
  const made = element(
    'ul',
    {},
    ...some.slice(0, MOST_LISTED).map((node) => element('li', {}, nodeButton(node, chooseNode))),
  );
  if (some.length > MOST_LISTED)
    made.append(
      element('li', {
        className: 'hint',
        textContent: count('and {n} more', 'and {n} more', some.length - MOST_LISTED),
      }),
    );
  return made;
}

// ---------------------------------------------------------------- one stop of the Tab key, arrows within

const twinButtons = () => [...byId('twin').querySelectorAll('button')];
const twinFocus = () =>
  byId('twin').contains(document.activeElement) ? Math.max(0, twinButtons().indexOf(document.activeElement)) : NONE;

function roveTwin(focus) {
  const all = twinButtons();
  all.forEach((button, at) => {
    button.tabIndex = at === Math.max(0, Math.min(focus, all.length - 1)) ? 0 : -1;
  });
  if (focus !== NONE && !byId('twin').contains(document.activeElement))
    (all[focus] || byId('twin-title')).focus({ preventScroll: true });
}

function twinKey(event) {
  const all = twinButtons();
  const at = all.indexOf(document.activeElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
  if (next === undefined || !all.length || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  event.stopPropagation();
  const to = Math.max(0, Math.min(next, all.length - 1));
  all.forEach((button, turn) => {
    button.tabIndex = turn === to ? 0 : -1;
  });
  all[to].focus();
}

// The side panel: all that is known of the chosen node, and ways on from it.

import {
  ATTACHMENT,
  MISSING,
  TAG,
  communities,
  details,
  index,
  isTyped,
  namesOnly,
  nodeCount,
  nodes,
  stages,
} from '../base/data.js';
import { spokenDay } from '../base/days.js';
import { CROSS, byId, element, iconButton } from '../base/dom.js';
import { chooseNode, pathFrom } from '../asking/go.js';
import { addressOf } from '../base/home.js';
import { isPinned, letGo, whenPinned } from '../seeing/pins.js';
import {
  kindName,
  nodeButton,
  nodeDot,
  nodeName,
  relationLine,
  relationName,
  standName,
  tiesOf,
} from '../seeing/samples.js';
import { count, number, say } from '../base/say.js';
import { NONE, change, state, whenChanged } from '../base/state.js';
import { bareTag } from '../seeing/visible.js';

const MOST_LINKS = 12;
const BACK = 'M10 3 5 8l5 5';

let panelTrail = []; // the nodes that were chosen before, the last one at the end
let panelBefore = NONE;

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
  [panelTrail, panelBefore] = [[], NONE];
  if (held) byId('map').focus({ preventScroll: true });
}

// ---------------------------------------------------------------- going from note to note

// Whoever goes to where he came from, by whatever way, has gone back.
function follow(node) {
  if (panelBefore !== NONE && panelBefore !== node) {
    if (panelTrail.at(-1) === node) panelTrail.pop();
    else panelTrail.push(panelBefore);
  }
  panelBefore = node;
}

function goBack() {
  const node = panelTrail.pop();
  if (node === undefined) return;
  panelBefore = NONE;
  chooseNode(node);
  if (!panelTrail.length && !byId('panel').contains(document.activeElement)) byId('panel').querySelector('h2').focus();
}

function panelTop() {
  const row = element('div', { className: 'panel-top' });
  if (panelTrail.length)
    row.append(iconButton(BACK, say('map.panel.back', { note: nodeName(panelTrail.at(-1)) }), { onclick: goBack }));
  row.append(iconButton(CROSS, say('map.keyboard.close'), { id: 'close', onclick: () => change({ selected: NONE }) }));
  return row;
}

// On a phone the panel is a sheet: its grip is drawn up for more of it, and down to put it away.
function panelGrip() {
  const made = element('button', {
    type: 'button',
    className: 'grip',
    'aria-label': say('map.panel.resize'),
  });
  let from = null;
  const turned = () => byId('panel').classList.toggle('tall');
  made.addEventListener('pointerdown', (event) => {
    from = event.clientY;
    made.setPointerCapture(event.pointerId);
  });
  made.addEventListener('pointerup', (event) => {
    const way = event.clientY - from;
    if (way < -24) byId('panel').classList.add('tall');
    else if (way > 24 && !byId('panel').classList.contains('tall')) change({ selected: NONE });
    else if (way > 24 || Math.abs(way) < 6) turned();
  });
  made.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    turned();
  });
  return made;
}

// ---------------------------------------------------------------- what is shown at once

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

function panelButton(text, name, pressed) {
  const made = element('button', { type: 'button', className: name, textContent: text });
  made.addEventListener('click', pressed);
  return made;
}

// Tags of a note stand among its tags.
const sideOf = (node, outward) =>
  tiesOf(node).filter((tie) => tie.outward === outward && nodes.kind[tie.nodes[0]] !== TAG);

function linkSection(title, side, ties) {
  if (!ties.length) return null;
  const all = new Set(ties.flatMap((tie) => tie.nodes)).size;
  return panelSection(title, number(all), ...ties.flatMap(linkGroup), { className: `links ${side}` });
}

function panelSection(title, sum, ...children) {
  const { className = '' } = children.at(-1) instanceof Node ? {} : children.pop();
  const heading = element('h3', {}, title, sum && element('span', { className: 'sum', textContent: sum }));
  return element('section', { className }, heading, ...children);
}

function linkGroup({ relation, outward, nodes: others }) {
  const name = element('span', { dir: 'auto', textContent: relationName(relation, outward) });
  const list = element('ul', {}, ...others.slice(0, MOST_LINKS).map(linkRow));
  if (others.length > MOST_LINKS) list.append(moreRow(list, others));
  return [element('h4', {}, relationLine(relation), name), list];
}

const linkRow = (node) => element('li', {}, nodeButton(node, chooseNode));

function moreRow(list, others) {
  const made = panelButton(say('map.legend.more', { n: number(others.length) }), 'more', () => {
    list.replaceChildren(...others.map(linkRow));
    list.children[MOST_LINKS].firstChild.focus();
  });
  return element('li', {}, made);
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

// ---------------------------------------------------------------- what is unpacked first

async function fillPanel(node) {
  const [{ ids, aliases, tags }, told] = await Promise.all([index(), details()]).catch(() => [{ ids: [] }, null]);
  if (state.selected !== node || !told) return;
  const panel = byId('panel');
  const isThere = !ids[node].startsWith('missing://');
  if (isThere && (isTyped(node) || nodes.kind[node] === ATTACHMENT)) showPanelPath(panel, ids[node]);
  const own = told.nodes[node];
  panel
    .querySelector('.about')
    .replaceChildren(...[excerptOf(own), ...learningOf(told, node), ...gapsOf(told, node)].filter(Boolean));
  panel
    .querySelector('.facts')
    .replaceChildren(
      ...[
        aliases[node] &&
          chipSection(say('map.panel.aliases'), aliases[node], (text) =>
            element('span', { dir: 'auto', textContent: text }),
          ),
        tags[node] && chipSection(say('map.panel.tags'), tags[node], tagChip),
        propertySection(own),
        measureSection(node, own),
      ].filter(Boolean),
    );
  pressTag();
}

function showPanelPath(panel, path) {
  const line = panel.querySelector('.path');
  line.textContent = path;
  line.hidden = false;
  panel
    .querySelector('.actions')
    .prepend(element('a', { className: 'open', href: addressOf(path), textContent: say('map.panel.open-obsidian') }));
}

const excerptOf = (own) =>
  !namesOnly && own.e && element('p', { className: 'excerpt', dir: 'auto', textContent: own.e });

function learningOf({ learning }, node) {
  const row = learning.find((each) => each.i === node);
  return row ? [toldCard(say('map.panel.learning'), standName(row.h), row)] : [];
}

function gapsOf({ gaps }, node) {
  return gaps.flatMap(({ l: title, r: rows }) =>
    rows.filter((row) => row.i === node).map((row) => toldCard(say('map.panel.gap'), title, row)),
  );
}

function toldCard(kind, title, { y: why, s: step }) {
  return element(
    'div',
    { className: 'told' },
    element(
      'p',
      { className: 'told-title' },
      element('span', { textContent: kind }),
      element('b', { dir: 'auto', textContent: title }),
    ),
    why && element('p', { dir: 'auto', textContent: why }),
    step && element('p', { className: 'step', dir: 'auto', textContent: step }),
  );
}

function chipSection(title, texts, chip) {
  return (
    texts.length > 0 &&
    panelSection(
      title,
      '',
      element('ul', { className: 'chips' }, ...texts.map((text) => element('li', {}, chip(text)))),
    )
  );
}

function tagChip(tag) {
  const made = panelButton(tag, 'tag', () => change({ tag: isFilteredBy(tag) ? '' : tag }));
  made.dir = 'auto';
  made.title = say('map.panel.only-tag');
  return made;
}

const isFilteredBy = (tag) => state.tag !== '' && bareTag(state.tag) === bareTag(tag);

function pressTag() {
  for (const chip of byId('panel').querySelectorAll('button.tag'))
    chip.setAttribute('aria-pressed', String(isFilteredBy(chip.textContent)));
}

const propertySection = ({ f: rows }) => rows && panelSection(say('map.panel.properties'), '', panelPairs(rows));

function panelPairs(rows) {
  const parts = rows.flatMap(([key, value]) => [
    element('dt', { dir: 'auto', textContent: key }),
    element('dd', { dir: 'auto', textContent: value || '–' }),
  ]);
  return element('dl', {}, ...parts);
}

function measureSection(node, own) {
  const all = (outward) => number(new Set(sideOf(node, outward).flatMap((tie) => tie.nodes)).size);
  const home = nodes.community[node] && communities[nodes.community[node] - 1];
  const rows = [
    own.w && [say('map.panel.words'), number(own.w)],
    [say('map.panel.degree'), say('map.panel.degree-counts', { out: all(true), in: all(false) })],
    isTyped(node) && [say('map.legend.pagerank'), placeSaid(node)],
    home &&
      home.m > 1 && [
        say('map.legend.community'),
        count('map.panel.community-size', homeSize(nodes.community[node]), {
          name: home.n || say('map.panel.untitled'),
        }),
      ],
    nodes.day[node] && [say('map.panel.created'), spokenDay(nodes.day[node], 'long')],
  ];
  return panelSection(say('map.panel.details'), '', panelPairs(rows.filter(Boolean)));
}

// Among notes: what is no note is not on the map at first, and nobody would find it counted.
function placeSaid(node) {
  let [place, all] = [1, 0];
  for (let other = 0; other < nodeCount; other += 1) {
    if (!isTyped(other)) continue;
    all += 1;
    if (nodes.rank[other] > nodes.rank[node]) place += 1;
  }
  return count('map.panel.place', all, { place: number(place) });
}

// As the legend counts them: with missing notes, without tags and attachments.
function homeSize(community) {
  let many = 0;
  for (let node = 0; node < nodeCount; node += 1)
    if (nodes.community[node] === community && (isTyped(node) || nodes.kind[node] === MISSING)) many += 1;
  return many;
}

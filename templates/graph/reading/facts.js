// What the side panel says of a node as soon as the page's details are unpacked.

import {
  ATTACHMENT,
  MISSING,
  communities,
  details,
  index,
  isTyped,
  namesOnly,
  nodeCount,
  nodes,
} from '../base/data.js';
import { spokenDay } from '../base/days.js';
import { byId, element } from '../base/dom.js';
import { addressOf } from '../base/home.js';
import { panelButton, panelSection, sideOf } from './sections.js';
import { standName } from '../seeing/samples.js';
import { count, number, say } from '../base/say.js';
import { change, state } from '../base/state.js';
import { bareTag } from '../seeing/visible.js';

export async function fillPanel(node) {
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
  return row ? [findingCard(say('map.panel.learning'), standName(row.h), row)] : [];
}

function gapsOf({ gaps }, node) {
  return gaps.flatMap(({ l: title, r: rows }) =>
    rows.filter((row) => row.i === node).map((row) => findingCard(say('map.panel.gap'), title, row)),
  );
}

function findingCard(kind, title, { y: why, s: step }) {
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

export function pressTag() {
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
    isTyped(node) && [say('map.legend.pagerank'), placeText(node)],
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
function placeText(node) {
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

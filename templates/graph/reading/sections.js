// Parts of the side panel: a button, a section, and the sections of links.

import { TAG, nodes } from '../base/data.js';
import { element } from '../base/dom.js';
import { chooseNode } from '../asking/go.js';
import { nodeButton, relationLine, relationName, tiesOf } from '../seeing/samples.js';
import { number, say } from '../base/say.js';

const MOST_LINKS = 12;

export function panelButton(text, name, pressed) {
  const made = element('button', { type: 'button', className: name, textContent: text });
  made.addEventListener('click', pressed);
  return made;
}

export function panelSection(title, sum, ...children) {
  const { className = '' } = children.at(-1) instanceof Node ? {} : children.pop();
  const heading = element('h3', {}, title, sum && element('span', { className: 'sum', textContent: sum }));
  return element('section', { className }, heading, ...children);
}

// Tags of a note stand among its tags.
export const sideOf = (node, outward) =>
  tiesOf(node).filter((tie) => tie.outward === outward && nodes.kind[tie.nodes[0]] !== TAG);

export function linkSection(title, side, ties) {
  if (!ties.length) return null;
  const all = new Set(ties.flatMap((tie) => tie.nodes)).size;
  return panelSection(title, number(all), ...ties.flatMap(linkGroup), { className: `links ${side}` });
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

// Nodes as answers in the list below a box that one types in.

import { folders, names, nodeCount, nodes } from '../base/data.js';
import { element } from '../base/dom.js';
import { otherAnswer } from './finder.js';
import { kindName, nodeDot, nodeName } from '../seeing/samples.js';
import { say } from '../base/say.js';
import { shownNodes } from '../seeing/visible.js';

const MOST_OFFERED = 12;

// A row for a node in a list of answers: its title, and where it is, or what else answers.
export function nodeRow(node, query) {
  const hint = element('span', {
    className: 'hint',
    dir: 'auto',
    textContent: folders[nodes.folder[node]] || kindName(node),
  });
  if (query) {
    otherAnswer(node, query).then((other) => {
      if (other) hint.textContent = other.tag || say('map.answers.alias', { alias: other.alias });
    });
  }
  return [
    nodeDot(node),
    element('span', { className: 'title', dir: 'auto', title: names[node], textContent: nodeName(node) }),
    hint,
  ];
}

// The notes with the most links among those shown. The default number is offered before the reader types.
export function mostLinked(most = MOST_OFFERED) {
  const found = [];
  for (let node = 0; node < nodeCount && found.length < most; node += 1) if (shownNodes[node]) found.push(node);
  return found;
}

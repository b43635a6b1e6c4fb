// Small drawings and words that stand for a node or a relation in text: the panel, the dialogs, the list.

import { colorOf, lineColor } from './colors.js';
import { MISSING, KINDS, edges, edgesAt, isTyped, names, nodes, otherEnd, relations, types } from '../base/data.js';
import { drawing, element } from '../base/dom.js';
import { say } from '../base/say.js';

export const nodeName = (node) => names[node] || say('map.panel.untitled');

export function kindName(node) {
  if (isTyped(node)) return types[nodes.type[node]]?.l || say('map.colors.no-type');
  return {
    attachment: say('map.samples.attachment'),
    tag: say('map.samples.tag'),
    missing: say('map.samples.missing-note'),
  }[KINDS[nodes.kind[node]]];
}

// What is no note, as the legend and a picture's key call it.
export const kindsNamed = () => ({
  missing: say('map.samples.missing-notes'),
  attachment: say('map.samples.attachments'),
  tag: say('map.panel.tags'),
});

export const standName = (stand) =>
  ({
    ready: say('map.samples.ready'),
    due: say('map.samples.due'),
    learned: say('map.samples.learned'),
    applied: say('map.samples.applied'),
    later: say('map.samples.later'),
  })[stand];

export function colorDot(color, hollow = false) {
  const circle = drawing('circle', { cx: 6, cy: 6, r: hollow ? 4.5 : 5 });
  [circle.style.fill, circle.style.stroke] = hollow ? ['none', color] : [color, 'none'];
  return drawing('svg', { viewBox: '0 0 12 12', class: 'dot', 'aria-hidden': 'true' }, circle);
}

export const nodeDot = (node) => colorDot(colorOf(node), nodes.kind[node] === MISSING);

export function relationLine(number) {
  const row = relations[number];
  const color = lineColor(number);
  const made = drawing('svg', { viewBox: '0 0 26 10', class: 'relation-line', 'aria-hidden': 'true' });
  const end = row.a && row.s ? 20 : 26;
  made.append(
    drawing('path', {
      d: `M0 5H${end}`,
      stroke: color,
      'stroke-width': row.s ? 2 : 1.2,
      'stroke-dasharray': row.d.join(' '),
    }),
  );
  if (end < 26) made.append(drawing('path', { d: 'M19 1.5 26 5 19 8.5z', fill: color, stroke: 'none' }));
  return made;
}

// What a relation is called from one of its ends.
export function relationName(number, outward) {
  const { n: name, l: label, i: inverse } = relations[number];
  if (outward || inverse) return outward ? label : inverse;
  const plain = {
    'links-to': say('map.samples.linked-from'),
    embeds: say('map.samples.embedded-in'),
    tagged: say('map.samples.tag-of'),
  };
  return plain[name] || `← ${label}`;
}

// The edges at a node by relation and direction, in the order of relations: [{ relation, outward, nodes }], the most
// important nodes first, each once. Where an edge means something, a mere link beside it says nothing more.
export function tiesOf(node) {
  const groups = new Map();
  const meant = new Set();
  for (const edge of edgesAt(node)) {
    const [relation, outward, other] = [edges.relation[edge], edges.from[edge] === node, otherEnd(edge, node)];
    const { s: semantic, n: name } = relations[relation];
    if (semantic) meant.add(other * 2 + outward);
    else if (name === 'links-to' && meant.has(other * 2 + outward)) continue;
    const key = relation * 2 + (outward ? 0 : 1);
    if (!groups.has(key)) groups.set(key, { relation, outward, found: new Set() });
    groups.get(key).found.add(other);
  }
  const order = [...groups.keys()].sort((one, other) => one - other);
  return order.map((key) => {
    const { relation, outward, found } = groups.get(key);
    return { relation, outward, nodes: [...found].sort((one, other) => one - other) };
  });
}

// A button that stands for a node.
export function nodeButton(node, pressed) {
  const made = element(
    'button',
    { type: 'button', className: 'node' },
    nodeDot(node),
    element('span', { dir: 'auto', textContent: nodeName(node) }),
  );
  made.dataset.node = node;
  made.addEventListener('click', () => pressed(node));
  return made;
}

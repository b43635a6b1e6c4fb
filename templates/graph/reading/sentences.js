// What is shown, in a sentence each: what is chosen, found and lit, the way, and how much of the map.

import { edges, edgesAt, modes, nodeCount } from '../base/data.js';
import { kindName, nodeName, relationName } from '../seeing/samples.js';
import { count, number, say } from '../base/say.js';
import { state } from '../base/state.js';
import { shownMany } from '../seeing/visible.js';

export const foundText = () => count('map.list.found', state.found.length);

export function chosenText() {
  const links = count('map.filters.link-count', edgesAt(state.selected).length);
  return say('map.list.note-label', { note: nodeName(state.selected), kind: kindName(state.selected), links });
}

export const modeText = () => modes.find(({ name }) => name === state.mode)?.heading || say('map.list.mode-plain');

export function wayText() {
  if (!state.way.isThere) return noWayText();
  const steps = count('map.list.path-found', state.way.edges.length);
  return `${steps}${say('common.colon')}${wayWords().join(' ')}`;
}

export function noWayText() {
  const [one, other] = state.way.nodes.map(nodeName);
  return say('map.list.no-way', { one, other });
}

export function wayWords() {
  const { nodes: some, edges: ties } = state.way;
  return some.flatMap((node, at) =>
    at
      ? [relationName(edges.relation[ties[at - 1]], edges.to[ties[at - 1]] === node), nodeName(node)]
      : [nodeName(node)],
  );
}

export function shownText() {
  const { nodes: dots, edges: lines } = shownMany;
  const links = count('map.filters.link-count', lines);
  if (dots === nodeCount) return say('map.list.all-shown', { n: number(dots), links });
  return say('map.list.some-shown', { n: number(dots), all: number(nodeCount), links });
}

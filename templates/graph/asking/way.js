// The shortest way between two notes. It has the fewest steps, read in either direction.
//
// Typed relations make it; only where they make none, plain links do too. It leads through what is shown, and never through
// a tag or a note of the type `template`; each may be an end.

import { KINDS, edges, edgesAt, isTyped, nodeCount, nodes, otherEnd, relations, types } from '../base/data.js';
import { shownEdges } from '../seeing/visible.js';

const TOLD_BACK = new Set(['links-to', 'embeds', 'tagged']);

function isClosed(node) {
  if (!isTyped(node)) return KINDS[nodes.kind[node]] === 'tag';
  return types[nodes.type[node]]?.n === 'template';
}

// In the order in which `vault-tools path` looks: first relations in the direction in which they are written, then by name.
function wayOrder(ids) {
  const byName = (one, other) => (ids[one] < ids[other] ? -1 : ids[one] > ids[other] ? 1 : 0);
  const byStep = (one, other) =>
    one.plain - other.plain ||
    one.back - other.back ||
    (one.name < other.name ? -1 : one.name > other.name ? 1 : byName(one.to, other.to));
  return { byName, byStep };
}

function stepsFrom(node, typed, ends) {
  const steps = [];
  for (const edge of edgesAt(node)) {
    const { n: name, s: semantic } = relations[edges.relation[edge]];
    if (!shownEdges[edge] || (typed ? !semantic : name === 'tagged' && !ends.includes(edges.to[edge]))) continue;
    const back = edges.from[edge] === node ? 0 : 1;
    steps.push({ from: node, to: otherEnd(edge, node), edge, name, back, plain: TOLD_BACK.has(name) ? 1 : 0 });
  }
  return steps;
}

function walkWay(from, to, typed, { byName, byStep }) {
  const by = new Array(nodeCount);
  by[from] = null;
  let here = [from];
  while (here.length && by[to] === undefined) {
    const following = [];
    for (const node of here) {
      if (node !== from && isClosed(node)) continue;
      for (const step of stepsFrom(node, typed, [from, to]).sort(byStep)) {
        if (by[step.to] !== undefined) continue;
        by[step.to] = step;
        following.push(step.to);
      }
    }
    here = following.sort(byName);
  }
  return by[to] === undefined ? null : wayBack(by, to);
}

function wayBack(by, to) {
  const steps = [];
  for (let step = by[to]; step; step = by[step.from]) steps.push(step);
  return steps.reverse();
}

// { steps, typed }, or null.
export function shortestWay(from, to, ids) {
  const order = wayOrder(ids);
  const typed = walkWay(from, to, true, order);
  if (typed) return { steps: typed, typed: true };
  const plain = walkWay(from, to, false, order);
  return plain && { steps: plain, typed: false };
}

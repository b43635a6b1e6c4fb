// What is around a note: the shown nodes within some steps of it, and the edges among them.

import { edges, edgesAt, otherEnd, relations } from '../base/data.js';
import { NONE, state } from '../base/state.js';
import { shownEdges, shownNodes } from '../seeing/visible.js';

const MOST_AROUND = 200;
export const MOST_STEPS = 4;

// `area` is what the dialog shows: { centre, depth, steps: Map node → steps, left, pointed, edges }; `network` is the
// vis.Network that draws it. null: nothing is shown.
export const nearbyView = { area: null, network: null };

const centredListeners = [];

export function whenCentred(listener) {
  centredListeners.push(listener);
}

export function centreNearby(node) {
  nearbyView.area = neighbourhood(node, Math.min(state.depth, MOST_STEPS));
  for (const listener of centredListeners) listener();
}

// The shown nodes within some steps, the nearest first and of each ring the most important, and the edges among them.
function neighbourhood(centre, depth) {
  const steps = new Map([[centre, 0]]);
  let left = 0;
  let ring = [centre];
  for (let step = 1; step <= depth && ring.length; step += 1) {
    const next = nextRingOf(ring, steps);
    const room = Math.max(0, MOST_AROUND - steps.size);
    left += Math.max(0, next.length - room);
    ring = next.slice(0, room);
    for (const node of ring) steps.set(node, step);
  }
  return { centre, depth, steps, left, pointed: NONE, edges: edgesAmong(steps) };
}

function nextRingOf(ring, steps) {
  const next = new Set();
  for (const node of ring) {
    for (const edge of edgesAt(node)) {
      const other = otherEnd(edge, node);
      if (shownEdges[edge] && shownNodes[other] && !steps.has(other)) next.add(other);
    }
  }
  return [...next].sort((one, other) => one - other);
}

function edgesAmong(steps) {
  const found = new Set();
  for (const node of steps.keys())
    for (const edge of edgesAt(node)) if (shownEdges[edge] && steps.has(otherEnd(edge, node))) found.add(edge);
  return distinctTies(
    [...found].filter((edge) => edges.from[edge] !== edges.to[edge]).sort((one, other) => one - other),
  );
}

// Where one edge between two nodes means something, their mere links say nothing more; nor does saying it from both ends.
export function distinctTies(some) {
  const meant = new Set(some.filter((edge) => relations[edges.relation[edge]].s).map(pairOf));
  const seen = new Set();
  return some.filter((edge) => {
    const row = relations[edges.relation[edge]];
    if (!row.s) return !meant.has(pairOf(edge));
    const key = `${pairOf(edge)} ${edges.relation[edge]}`;
    if (!row.a && seen.has(key)) return false;
    return seen.add(key);
  });
}

export const pairOf = (edge) =>
  `${Math.min(edges.from[edge], edges.to[edge])} ${Math.max(edges.from[edge], edges.to[edge])}`;

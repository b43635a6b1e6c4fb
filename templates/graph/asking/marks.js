// How a mode lights the map: a mark for each node that it has found.

import { phone } from '../base/dom.js';
import { filledParts, shownParts } from './parts.js';
import { change, state } from '../base/state.js';
import { themeColor } from '../base/theme.js';

const SMALLER = 0.65; // on a phone
const FEW_MARKS = 50; // more of them are drawn smaller, so that they stay apart

export function lightMode(mode) {
  if (state.mode !== mode.name || !mode.found) return;
  const marked = [...marksOf(mode)].sort(([, one], [, other]) => other.size - one.size); // names go by this order
  const key = filledParts(shownParts(mode)).map((part) => ({
    label: part.label,
    color: themeColor(part.color),
    hollow: part.key === 'missing',
  }));
  change({ marked: new Map(marked), key });
}

// A Map from nodes to { color, size }; a node of several kinds has the largest of their marks.
function marksOf(mode) {
  const rowsShown = shownParts(mode).flatMap(({ rows }) => rows);
  const most = rowsShown.reduce((largest, { w }) => Math.max(largest, w), 1);
  const crowd = Math.min(1, Math.max(0.4, Math.sqrt(FEW_MARKS / rowsShown.length)));
  const marks = new Map();
  for (const { color, rows } of shownParts(mode)) {
    for (const { i: node, w: weight } of rows) {
      const size = crowd * (phone.matches ? SMALLER : 1) * mode.sizeOf(node, Math.max(0, weight) / most);
      const before = marks.get(node);
      if (!before || before.size < size) marks.set(node, { color: themeColor(color), size });
    }
  }
  return marks;
}

// Two questions about the whole graph: what is missing, and how far learning has come. Each is a mode.

import { namesOnly, nodes } from '../base/data.js';
import { addMode } from './mode.js';
import { standName } from '../seeing/samples.js';
import { say } from '../base/say.js';
import { change, state, whenChanged } from '../base/state.js';

const [MARK_SMALLEST, MARK_LARGEST] = [5, 17];
const MANY_ROWS = 200;
const GAP_COLORS = ['gap-1', 'gap-2', 'gap-3', 'gap-4', 'gap-5', 'gap-6', 'gap-7'];
const STANDS = ['ready', 'due', 'learned', 'applied', 'later'];

const standMeaning = (stand) =>
  ({
    ready: say('map.modes.meaning-ready'),
    due: say('map.modes.meaning-due'),
    learned: say('map.modes.meaning-learned'),
    applied: say('map.modes.meaning-applied'),
    later: say('map.modes.meaning-later'),
  })[stand];

function gapParts({ gaps }) {
  return gaps.map(({ k: key, l: label, r: rows }, turn) => ({
    key,
    label,
    rows,
    color: key === 'missing' ? 'missing' : GAP_COLORS[turn % GAP_COLORS.length],
  }));
}

function learningParts({ learning }) {
  const found = STANDS.map((key) => ({
    key,
    label: standName(key),
    meaning: standMeaning(key),
    color: `stand-${key}`,
    rows: [],
  }));
  for (const row of learning) found.find(({ key }) => key === row.h)?.rows.push(row);
  for (const { rows } of found) rows.sort((one, other) => other.w - one.w || other.d - one.d || one.i - other.i);
  return found;
}

export function startModes() {
  addMode({
    name: 'gaps',
    lead: () => say('map.modes.gaps-lead'),
    mostRows: MANY_ROWS,
    parts: gapParts,
    sizeOf: (node, share) => MARK_SMALLEST + (MARK_LARGEST - MARK_SMALLEST) * Math.sqrt(share),
    empty: () => say('map.modes.gaps-empty'),
  });
  addMode({
    name: 'learning',
    lead: () => say('map.modes.learning-lead'),
    parts: learningParts,
    sizeOf: (node) => Math.max(MARK_SMALLEST, nodes.size[node]),
    inParts: true,
    empty: () => (namesOnly ? say('map.modes.learning-names-only') : say('map.modes.learning-empty')),
  });
  whenChanged(['mode'], () => {
    if (state.mode !== 'gaps' && state.mode !== 'learning') change({ marked: null, key: null });
  });
}

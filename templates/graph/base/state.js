// What the reader has chosen: one record, changed in one way, and listened to.
//
//   change({ selected: 7 });            a note is chosen
//   whenChanged(['selected'], show);    show(state) is called after a change of any of these, once for each change

export const NONE = -1;

export const state = {
  selected: NONE, // the node whose panel is open
  hovered: NONE,
  query: '', // what is searched for
  found: null, // the nodes that answer it, the best first; null: nothing is searched for
  hiddenTypes: new Set(), // numbers of types …
  hiddenRelations: new Set(),
  hiddenKinds: new Set(['attachment', 'tag']),
  onlySemantic: false,
  orphans: true, // whether nodes without a shown edge are shown
  tag: '', // only notes with this tag …
  folder: '', // … below this folder …
  since: 0, // … made on or after this day (0: any), and …
  until: 0, // … on or before this one (days count from 1900-01-01; undated notes are shown)
  undated: true, // whether notes without a day are shown
  color: 'type', // a colour of choices.toml
  size: 'size', // a size of choices.toml: the name of a column
  mode: '', // a mode of choices.toml; '': the legend
  key: null, // what the colours of `marked` mean: [{ label, color }]
  hiddenGaps: new Set(), // kinds of findings that are off …
  hiddenStands: new Set(), // … and stands of learning
  path: null, // [from, to]: the way between two nodes is shown
  depth: 0, // of the neighbourhood that is open around `selected`; 0: none
  way: null, // { nodes, edges, isThere }: what is lit of the way between both ends of `path`; isThere: whether one leads there
  marked: null, // what a mode lights: a Map from nodes to { color, size }
  shown: 0, // counts how often what is shown has changed, …
  themed: 0, // … and how often colours have
};

const listeners = [];

export function whenChanged(keys, listener) {
  listeners.push([new Set(keys), listener]);
}

export function change(patch) {
  const changed = Object.keys(patch).filter((key) => patch[key] !== state[key] || patch[key] instanceof Set);
  if (!changed.length) return;
  Object.assign(state, patch);
  const faults = [];
  for (const [keys, listener] of listeners) {
    try {
      if (changed.some((key) => keys.has(key))) listener(state, changed);
    } catch (fault) {
      faults.push(fault);
    }
  }
  for (const fault of faults) reported(fault);
}

// As if nobody had caught it, but all others have heard of the change.
function reported(fault) {
  if (window.reportError) window.reportError(fault);
  else
    setTimeout(() => {
      throw fault;
    });
}

// A set is replaced, never altered: whoever holds the old one can compare.
export function toggled(set, item) {
  const made = new Set(set);
  if (!made.delete(item)) made.add(item);
  return made;
}

// The words of an address: for each thing that they set, how it is written and how it is read.
//
//   #note=Knowledge/TensorRT.md&depth=2   a chosen note, with its neighbourhood
//   #type=knowledge,project               only these types; #hide=log: all but these
//   #relation=requires, #hide-relation=…  the same for relations
//   #kinds=missing,tag                    what else is on the map (nothing said: missing)
//   #tag=a/b, #folder=…, #since=2024-01-01, #until=…, #undated=0, #orphans=0, #semantic=1
//   #color=community, #size=rank, #q=…, #mode=gaps, #without=cycles, #path=A.md|B.md
//
// Whoever wrote an address, it is only read as names that we know, in capitals or not; what is none of them is said and
// passed over.

import { addressWords, modes, relations, sizes, types } from '../base/data.js';
import { dayOf, writtenDay } from '../base/days.js';
import { NONE, state } from '../base/state.js';
import { usefulColors } from '../seeing/traits.js';
import { folderOrNone, kindsOff, kindsShown, namesLeft, namesOff, numbersOff } from './names.js';
import { addressList, addressSafe, shortWord } from './spelling.js';

const PLAIN_WORD = /^[\w-]{1,40}$/;
const atFirst = { ...state };

// `write`: the value, or null if nothing is to be said; `read`: what is set, or undefined if the names of notes decide it.
// `ids` are the names of all notes.
const WORDS = {
  mode: { write: () => (state.mode && !wholePath() ? state.mode : null), read: modeIn },
  path: { write: writtenPath, read: (address) => (address.has('path') ? undefined : null) },
  ...Object.fromEntries(
    modes.filter(({ hidden }) => hidden).map(({ name, hidden }) => [hidden, without(hidden, name)]),
  ),
  selected: {
    write: (ids) => (state.selected === NONE ? null : addressSafe(ids[state.selected])),
    read: (address) => (address.has('selected') ? undefined : NONE),
  },
  depth: {
    write: () => (state.selected !== NONE && state.depth ? state.depth : null),
    read: (address) => (address.has('selected') ? undefined : 0),
  },
  color: oneOf('color', usefulColors),
  size: oneOf('size', sizes),
  shownTypes: { write: () => namesLeft(types, state.hiddenTypes) },
  hiddenTypes: {
    write: () => namesOff(types, state.hiddenTypes),
    read: (address) => numbersOff(address, types, 'shownTypes', 'hiddenTypes'),
  },
  shownRelations: { write: () => namesLeft(relations, state.hiddenRelations) },
  hiddenRelations: {
    write: () => namesOff(relations, state.hiddenRelations),
    read: (address) => numbersOff(address, relations, 'shownRelations', 'hiddenRelations'),
  },
  shownKinds: { write: kindsShown },
  hiddenKinds: { read: kindsOff },
  onlySemantic: flag('onlySemantic'),
  orphans: flag('orphans'),
  tag: {
    write: () => (state.tag ? addressSafe(state.tag.replace(/^#/, '')) : null),
    read: (address) => (address.has('tag') ? undefined : ''),
  },
  folder: {
    write: () => (state.folder ? addressSafe(state.folder) : null),
    read: (address) => folderOrNone(shortWord(address.one('folder')).replace(/\/+$/, '')),
  },
  since: day('since'),
  until: day('until'),
  undated: flag('undated'),
  query: {
    write: () => (state.query ? addressSafe(shortWord(state.query)) : null),
    read: (address) => shortWord(address.one('query')),
  },
};

// What the address follows: all that its words set.
export const IN_ADDRESS = Object.keys(WORDS).filter((key) => key in state);

// Pairs of a word and its value, of all that is not as it is at first, in the order of choices.toml.
export function wordsOf(ids) {
  return Object.entries(addressWords)
    .map(([key, word]) => [word, WORDS[key]?.write ? WORDS[key].write(ids) : null])
    .filter(([, value]) => value !== null);
}

// Everything but the notes and the tag that an address names: they are known by their names when the index is there.
export function addressPatch(address) {
  const readable = Object.entries(WORDS).filter(([, { read }]) => read);
  const values = readable.map(([key, { read }]) => [key, read(address)]);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}

function oneOf(key, rows) {
  const names = rows.map(({ name }) => name);
  return {
    write: () => (state[key] === atFirst[key] ? null : state[key]),
    read: (address) => (names.includes(address.one(key)) ? address.one(key) : atFirst[key]),
  };
}

function flag(key) {
  const other = atFirst[key] ? '0' : '1';
  return {
    write: () => (state[key] === atFirst[key] ? null : other),
    read: (address) => (address.one(key) === other) !== atFirst[key],
  };
}

function day(key) {
  return {
    write: () => (state[key] ? writtenDay(state[key]) : null),
    read: (address) => dayOf(address.one(key)),
  };
}

function without(key, mode) {
  return {
    write: () => (state.mode === mode && state[key].size ? addressList([...state[key]]) : null),
    read: (address) => {
      const isAsked = modeIn(address) === mode && address.has(key);
      return new Set(isAsked ? address.many(key).filter((word) => PLAIN_WORD.test(word)) : []);
    },
  };
}

function modeIn(address) {
  if (address.has('path')) return 'path';
  return modes.some(({ name }) => name === address.one('mode')) ? address.one('mode') : '';
}

const wholePath = () => (state.mode === 'path' && state.path && !state.path.includes(NONE) ? state.path : null);

function writtenPath(ids) {
  const ends = wholePath();
  return ends && ends.map((node) => addressSafe(ids[node])).join('|');
}

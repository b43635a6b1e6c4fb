// What is seen, in the address: behind #, so that a view can be linked to, kept and gone back to.
//
//   #note=Knowledge/TensorRT.md&depth=2   a chosen note, with its neighbourhood
//   #type=knowledge,project               only these types; #hide=log: all but these
//   #relation=requires, #hide-relation=…  the same for relations
//   #kinds=missing,tag                    what else is on the map (nothing said: missing)
//   #tag=a/b, #folder=…, #since=2024-01-01, #until=…, #undated=0, #orphans=0, #semantic=1
//   #color=community, #size=rank, #q=…, #mode=gaps, #without=cycles, #path=A.md|B.md, #at=x,y,scale
//   #all                                  all of it, in a page that opens with some other view
//
// Whoever wrote an address, it is only read as names that we know, in capitals or not; what is none of them is said and passed over.

import { firstView, folders, index, names, relations, types, usefulColors } from './base/data.js';
import { dayOf, writtenDay } from './base/days.js';
import { byId, element } from './base/dom.js';
import { uncovered } from './asking/go.js';
import { say } from './base/say.js';
import { NONE, change, state, whenChanged } from './base/state.js';
import { fitAll, laid, lookAt, lookedAt, moveTo, upright, whenMoved } from './seeing/view.js';
import { FILTERS, isFiltered, shownNodes, withTag } from './seeing/visible.js';

const LONGEST_ADDRESS = 8000;
const LONGEST_WORD = 300;
const ADDRESS_PAUSE = 350;
const SIZE_WORDS = ['size', 'rank'];
const MODE_WORDS = ['gaps', 'learning', 'path'];
const KIND_WORDS = ['attachment', 'tag', 'missing'];
const PLAIN_NUMBER = /^-?\d{1,6}(\.\d{1,4})?$/;
const PLAIN_WORD = /^[\w-]{1,40}$/;
const IN_ADDRESS = [
  ...FILTERS,
  'selected',
  'depth',
  'color',
  'size',
  'query',
  'mode',
  'path',
  'hiddenGaps',
  'hiddenStands',
];

// ---------------------------------------------------------------- writing

// As it is, but for what would end a word or be taken for something else: addresses stay readable in any language.
const addressSafe = (text) =>
  text.replace(/[%&#,|=\s\u0000-\u001f"'<>\\^`{}]/g, (sign) => encodeURIComponent(sign).replace("'", '%27'));
const addressList = (texts) => texts.map(addressSafe).join(',');

// Names that are off, told by the shorter list: those that are on, or those that are off.
function offWords(rows, off, on, hide) {
  const inUse = rows.map((row, number) => ({ row, number })).filter(({ row }) => row.m);
  const hidden = inUse.filter(({ number }) => off.has(number));
  if (!hidden.length) return [];
  const shown = inUse.filter(({ number }) => !off.has(number));
  return shown.length < hidden.length
    ? [[on, addressList(shown.map(({ row }) => row.n))]]
    : [[hide, addressList(hidden.map(({ row }) => row.n))]];
}

function kindNames() {
  const shown = KIND_WORDS.filter((kind) => !state.hiddenKinds.has(kind));
  return shown.length === 1 && shown[0] === 'missing' ? [] : [['kinds', addressList(shown)]];
}

function viewWords() {
  const seen = lookedAt();
  const [x, y] = upright([seen.x, seen.y]);
  return [['at', [x.toFixed(0), y.toFixed(0), seen.scale.toPrecision(3)].map(Number).join(',')]];
}

// The names of notes; none where the browser cannot open them.
const knownIndex = () => index().catch(() => ({ ids: [] }));

// Pairs of a key and a value, of all that is not as it is at first.
function wordsOf(ids) {
  const named = (node) => addressSafe(ids[node]);
  const { selected, path, tag, folder, since, until, query } = state;
  const chosen = selected !== NONE;
  return [
    ...(state.mode && state.mode !== 'path' ? [['mode', state.mode]] : []),
    ...(state.mode === 'path'
      ? [path && !path.includes(NONE) ? ['path', path.map(named).join('|')] : ['mode', 'path']]
      : []),
    ...(state.mode === 'gaps' && state.hiddenGaps.size ? [['without', addressList([...state.hiddenGaps])]] : []),
    ...(state.mode === 'learning' && state.hiddenStands.size
      ? [['without', addressList([...state.hiddenStands])]]
      : []),
    ...(chosen ? [['note', named(selected)]] : []),
    ...(chosen && state.depth ? [['depth', state.depth]] : []),
    ...(state.color !== 'type' ? [['color', state.color]] : []),
    ...(state.size !== 'size' ? [['size', state.size]] : []),
    ...offWords(types, state.hiddenTypes, 'type', 'hide'),
    ...offWords(relations, state.hiddenRelations, 'relation', 'hide-relation'),
    ...kindNames(),
    ...(state.onlySemantic ? [['semantic', 1]] : []),
    ...(state.orphans ? [] : [['orphans', 0]]),
    ...(tag ? [['tag', addressSafe(tag.replace(/^#/, ''))]] : []),
    ...(folder ? [['folder', addressSafe(folder)]] : []),
    ...(since ? [['since', writtenDay(since)]] : []),
    ...(until ? [['until', writtenDay(until)]] : []),
    ...(state.undated ? [] : [['undated', 0]]),
    ...(query ? [['q', addressSafe(query.slice(0, LONGEST_WORD))]] : []),
  ];
}

let addressReading = 0; // how many addresses are just being read
let addressApplied = false; // whether it is an address that changes the state just now
let addressUnwritten = false; // whether the reader has changed anything since the address was written last …
let addressStep = false; // … and has chosen a note
let addressLooked = false; // whether the view was moved by the reader
let addressLast = '';
let addressWaiting = 0;

function writeSoon() {
  addressUnwritten = true;
  if (addressReading) return;
  clearTimeout(addressWaiting);
  addressWaiting = setTimeout(writeAddress, ADDRESS_PAUSE);
}

// A note that is chosen is a step that Back undoes; all else changes the address where one is.
async function writeAddress() {
  const needed = state.selected !== NONE || state.path;
  const { ids } = needed ? await knownIndex() : { ids: [] };
  if (addressReading || (needed && !ids.length)) return;
  const pairs = [...wordsOf(ids), ...(addressLooked ? viewWords() : [])];
  const all = firstView ? '#all' : '';
  const text = pairs.length ? `#${pairs.map(([key, value]) => `${key}=${value}`).join('&')}` : all;
  const isStep = addressStep;
  [addressStep, addressUnwritten] = [false, false];
  if (text === addressLast || text.length > LONGEST_ADDRESS) return;
  addressLast = text;
  try {
    history[isStep ? 'pushState' : 'replaceState'](null, '', text || location.pathname + location.search);
  } catch {
    // A page that may not write its address (in a frame, say) is used without.
  }
}

// ---------------------------------------------------------------- reading

function addressDecoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

// A Map, so that no key can be more than a key.
function addressAsked(text) {
  const found = new Map();
  for (const part of text.slice(0, LONGEST_ADDRESS).replace(/^#/, '').split('&')) {
    const at = part.indexOf('=');
    if (at > 0 && !found.has(part.slice(0, at))) found.set(part.slice(0, at), part.slice(at + 1));
  }
  const one = (key) => (found.has(key) ? addressDecoded(found.get(key)) : '');
  const many = (key, mark = ',') => found.get(key).split(mark).map(addressDecoded);
  const among = (key, words, otherwise) => (words.includes(one(key)) ? one(key) : otherwise);
  return { has: (key) => found.has(key), one, many, among };
}

const sameWord = (one, other) => one.toLowerCase() === other.toLowerCase();

function offSetOf(said, rows, on, hide) {
  const off = new Set();
  const numbers = (key) => {
    const asked = said.many(key).filter(Boolean);
    const isCalled = (number, name) => [rows[number].n, rows[number].l].some((own) => sameWord(own, name));
    const missed = asked.filter((name) => !rows.some((_row, number) => isCalled(number, name)));
    if (missed.length) unknownName(shortWord(missed.join(say('common.list-separator'))));
    return rows.map((_row, number) => number).filter((number) => asked.some((name) => isCalled(number, name)));
  };
  if (said.has(on)) {
    const shown = new Set(numbers(on));
    if (shown.size)
      rows.forEach((_row, number) => {
        if (!shown.has(number)) off.add(number);
      });
  } else if (said.has(hide)) for (const number of numbers(hide)) off.add(number);
  return off;
}

function kindsOff(said) {
  const named = said.has('kinds') ? said.many('kinds').filter((kind) => KIND_WORDS.includes(kind)) : ['missing'];
  const shown = named.length || said.one('kinds') === '' ? named : ['missing'];
  return new Set(KIND_WORDS.filter((kind) => !shown.includes(kind)));
}

// A folder or a tag that is not there would leave an empty map: it is said instead.
function knownFolder(name) {
  if (!name || folders.some((folder) => folder === name || folder.startsWith(`${name}/`))) return name;
  unknownName(name);
  return '';
}

function addressMode(said) {
  if (said.has('path')) return 'path';
  return said.among('mode', MODE_WORDS, '');
}

const withoutOf = (said, mode, wanted) =>
  new Set(mode === wanted && said.has('without') ? said.many('without').filter((word) => PLAIN_WORD.test(word)) : []);
const shortWord = (text) => text.slice(0, LONGEST_WORD);

// Everything but the notes and the tag that an address names: they are known by their names when the index is there.
function addressPatch(said) {
  const mode = addressMode(said);
  return {
    ...(said.has('note') ? {} : { selected: NONE, depth: 0 }),
    ...(said.has('path') ? {} : { path: null }),
    ...(said.has('tag') ? {} : { tag: '' }),
    mode,
    color: said.among('color', usefulColors, 'type'),
    size: said.among('size', SIZE_WORDS, 'size'),
    query: shortWord(said.one('q')),
    hiddenTypes: offSetOf(said, types, 'type', 'hide'),
    hiddenRelations: offSetOf(said, relations, 'relation', 'hide-relation'),
    hiddenKinds: kindsOff(said),
    onlySemantic: said.one('semantic') === '1',
    orphans: said.one('orphans') !== '0',
    folder: knownFolder(shortWord(said.one('folder')).replace(/\/+$/, '')),
    since: dayOf(said.one('since')),
    until: dayOf(said.one('until')),
    undated: said.one('undated') !== '0',
    hiddenGaps: withoutOf(said, mode, 'gaps'),
    hiddenStands: withoutOf(said, mode, 'learning'),
  };
}

function addressView(said) {
  if (!said.has('at')) return null;
  const parts = said.one('at').split(',');
  if (parts.length !== 3 || !parts.every((part) => PLAIN_NUMBER.test(part)) || Number(parts[2]) <= 0) return null;
  const [x, y, scale] = parts.map(Number);
  return [...laid([x, y]), scale];
}

function nodeNamed(ids, name) {
  for (const exact of [name, `${name}.md`]) if (ids.includes(exact)) return ids.indexOf(exact);
  const isCalled = (id, node) => [id, names[node]].some((own) => sameWord(own, name)) || sameWord(id, `${name}.md`);
  return ids.findIndex(isCalled);
}

function addressHint(text) {
  const line = byId('hint') || element('p', { id: 'hint', role: 'status' });
  byId('main').append(line);
  line.textContent = text;
  setTimeout(() => {
    if (line.textContent === text) line.remove();
  }, 8000);
}

const unknownName = (name) => addressHint(say('map.address.unknown-name', { name }));
const missedNote = (name) => addressHint(say('map.address.unknown-note', { name: shortWord(name) }));

// The notes and the tag that an address names: { selected, depth, path, tag }, those that are not found as none.
async function notesOf(said) {
  const found = {};
  if (!['note', 'path', 'tag'].some(said.has)) return found;
  const { ids } = await knownIndex();
  const named = (name) => {
    const node = nodeNamed(ids, name);
    if (node < 0 && name) missedNote(name);
    return node < 0 ? NONE : node;
  };
  if (said.has('note')) {
    found.selected = named(said.one('note'));
    found.depth = found.selected !== NONE && /^[1-4]$/.test(said.one('depth')) ? Number(said.one('depth')) : 0;
  }
  if (said.has('path')) {
    const ends = said.many('path', '|');
    found.path = ends.length === 2 ? ends.map(named) : null;
  }
  if (said.has('tag')) found.tag = await knownTag(shortWord(said.one('tag')).replace(/^#/, ''));
  return found;
}

async function knownTag(tag) {
  if (!tag || (await withTag(tag)).size) return tag;
  unknownName(tag);
  return '';
}

let addressTurn = 0;

// Filters that an address names hold, even for the notes that it names.
const namedFilters = (said) => [
  ...(said.has('type') || said.has('hide') ? ['hiddenTypes'] : []),
  ...(said.has('kinds') ? ['hiddenKinds'] : []),
  ...['tag', 'folder', 'since', 'until', 'orphans'].filter(said.has),
];

function applied(work) {
  addressApplied = true;
  try {
    work();
  } finally {
    addressApplied = false;
  }
}

// What the reader has changed while the index was opened stays as it is now.
function applyNotes(said, found, before) {
  const patch = Object.fromEntries(Object.entries(found).filter(([key]) => state[key] === before[key]));
  applied(() => {
    for (const node of [patch.selected, ...(patch.path || [])])
      if (node !== undefined && node !== NONE) uncovered(node, namedFilters(said));
    change(patch);
  });
}

async function readAddress(text) {
  const own = ++addressTurn;
  const said = addressAsked(text);
  addressReading += 1;
  clearTimeout(addressWaiting);
  [addressUnwritten, addressStep] = [false, false];
  try {
    applied(() => change(addressPatch(said)));
    const before = { ...state };
    const found = await notesOf(said);
    if (own !== addressTurn) return;
    applyNotes(said, found, before);
    if (state.tag) await withTag(state.tag);
    if (own === addressTurn && !addressUnwritten) lookAsAsked(said);
  } finally {
    addressReading -= 1;
    if (!addressReading && addressUnwritten) writeSoon();
  }
}

function lookAsAsked(said) {
  const seen = addressView(said);
  const { selected, path } = state;
  addressLooked = Boolean(seen);
  if (seen) lookAt(...seen);
  else if (path)
    return; // whoever tells the way goes there
  else if (selected !== NONE && shownNodes[selected]) moveTo([selected], { near: true });
  else if (isFiltered()) fitAll();
}

export function startAddress() {
  whenChanged(IN_ADDRESS, (_state, changed) => {
    if (addressApplied) return;
    if (changed.includes('selected') && state.selected !== NONE) addressStep = true;
    writeSoon();
  });
  const touched = () => {
    addressLooked = true;
  };
  for (const kind of ['wheel', 'pointerdown'])
    byId('main').addEventListener(kind, touched, { passive: true, capture: true });
  whenMoved(() => {
    if (addressLooked) writeSoon();
  });
  addEventListener('hashchange', () => {
    if (addressDecoded(location.hash) === addressDecoded(addressLast)) return;
    addressLast = location.hash;
    readAddress(location.hash.length > 1 ? location.hash : firstView || '');
  });
  const first = location.hash.length > 1 ? location.hash : firstView;
  addressLast = location.hash;
  if (first) readAddress(first);
}

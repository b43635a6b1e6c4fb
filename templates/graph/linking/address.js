// What is seen, in the address: behind #, so that a view can be linked to, kept and gone back to.
//
//   #at=x,y,scale   where one looks, beside the words of words.js
//   #all            all of it, in a page that opens with some other view

import { addressWords, firstView } from '../base/data.js';
import { byId } from '../base/dom.js';
import { uncovered } from '../asking/go.js';
import { NONE, change, state, whenChanged } from '../base/state.js';
import { fitAll, lookAt, lookedAt, moveTo } from '../seeing/moving.js';
import { laid, upright } from '../seeing/stretch.js';
import { whenMoved } from '../seeing/view.js';
import { isFiltered, shownNodes, withTag } from '../seeing/visible.js';
import { indexOrNone, notesOf } from './notes.js';
import { addressDecoded, addressValues, isTooLong } from './spelling.js';
import { IN_ADDRESS, addressPatch, wordsOf } from './words.js';

const ADDRESS_PAUSE = 350;
const PLAIN_NUMBER = /^-?\d{1,6}(\.\d{1,4})?$/;

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
  const { ids } = needed ? await indexOrNone() : { ids: [] };
  if (addressReading || (needed && !ids.length)) return;
  const text = addressText(ids);
  const how = addressStep ? 'pushState' : 'replaceState';
  [addressStep, addressUnwritten] = [false, false];
  if (text === addressLast || isTooLong(text)) return;
  addressLast = text;
  putAddress(text, how);
}

function putAddress(text, how) {
  try {
    history[how](null, '', text || location.pathname + location.search);
  } catch {
    // A page that may not write its address (in a frame, say) is used without.
  }
}

function addressText(ids) {
  const pairs = [...wordsOf(ids), ...(addressLooked ? viewWords() : [])];
  if (pairs.length) return `#${pairs.map(([key, value]) => `${key}=${value}`).join('&')}`;
  return firstView ? `#${addressWords.all}` : '';
}

function viewWords() {
  const seen = lookedAt();
  const [x, y] = upright([seen.x, seen.y]);
  return [[addressWords.seen, [x.toFixed(0), y.toFixed(0), seen.scale.toPrecision(3)].map(Number).join(',')]];
}

function addressView(address) {
  if (!address.has('seen')) return null;
  const parts = address.one('seen').split(',');
  if (parts.length !== 3 || !parts.every((part) => PLAIN_NUMBER.test(part)) || Number(parts[2]) <= 0) return null;
  const [x, y, scale] = parts.map(Number);
  return [...laid([x, y]), scale];
}

let addressTurn = 0;

// Filters that an address names hold, even for the notes that it names.
const namedFilters = (address) => [
  ...(address.has('shownTypes') || address.has('hiddenTypes') ? ['hiddenTypes'] : []),
  ...(address.has('shownKinds') ? ['hiddenKinds'] : []),
  ...['tag', 'folder', 'since', 'until', 'orphans'].filter(address.has),
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
function applyNotes(address, found, before) {
  const patch = Object.fromEntries(Object.entries(found).filter(([key]) => state[key] === before[key]));
  applied(() => {
    for (const node of [patch.selected, ...(patch.path || [])])
      if (node !== undefined && node !== NONE) uncovered(node, namedFilters(address));
    change(patch);
  });
}

async function readAddress(text) {
  const own = ++addressTurn;
  const address = addressValues(text);
  addressReading += 1;
  clearTimeout(addressWaiting);
  [addressUnwritten, addressStep] = [false, false];
  try {
    applied(() => change(addressPatch(address)));
    const before = { ...state };
    const found = await notesOf(address);
    if (own !== addressTurn) return;
    applyNotes(address, found, before);
    if (state.tag) await withTag(state.tag);
    if (own === addressTurn && !addressUnwritten) lookWhere(address);
  } finally {
    addressReading -= 1;
    if (!addressReading && addressUnwritten) writeSoon();
  }
}

function lookWhere(address) {
  const seen = addressView(address);
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

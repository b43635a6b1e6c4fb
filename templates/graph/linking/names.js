// Names of types, relations, kinds and folders in an address: which are shown, and which are off.

import { CANVAS, KINDS, folders } from '../base/data.js';
import { say } from '../base/say.js';
import { state } from '../base/state.js';
import { hintUnknownName } from './hints.js';
import { addressList, shortWord } from './spelling.js';

const KIND_WORDS = KINDS.slice(CANVAS + 1);

export const sameWord = (one, other) => one.toLowerCase() === other.toLowerCase();

// Names that are off are told by the shorter list: those that are on, or those that are off.
function namesByRow(rows, off) {
  const inUse = rows.map((row, number) => ({ row, number })).filter(({ row }) => row.m);
  const named = (some) => some.map(({ row }) => row.n);
  return {
    hidden: named(inUse.filter(({ number }) => off.has(number))),
    shown: named(inUse.filter(({ number }) => !off.has(number))),
  };
}

export function namesLeft(rows, off) {
  const { shown, hidden } = namesByRow(rows, off);
  return hidden.length && shown.length < hidden.length ? addressList(shown) : null;
}

export function namesOff(rows, off) {
  const { shown, hidden } = namesByRow(rows, off);
  return hidden.length && shown.length >= hidden.length ? addressList(hidden) : null;
}

export function numbersOff(address, rows, on, hide) {
  if (address.has(on)) {
    const shown = new Set(numbersNamed(address.many(on), rows));
    return new Set(shown.size ? [...rows.keys()].filter((number) => !shown.has(number)) : []);
  }
  return new Set(address.has(hide) ? numbersNamed(address.many(hide), rows) : []);
}

function numbersNamed(texts, rows) {
  const names = texts.filter(Boolean);
  const isCalled = (number, name) => [rows[number].n, rows[number].l].some((own) => sameWord(own, name));
  const numbers = [...rows.keys()];
  const unknown = names.filter((name) => !numbers.some((number) => isCalled(number, name)));
  if (unknown.length) hintUnknownName(shortWord(unknown.join(say('common.list-separator'))));
  return numbers.filter((number) => names.some((name) => isCalled(number, name)));
}

const onlyMissing = (kinds) => kinds.length === 1 && kinds[0] === 'missing';

export function kindsShown() {
  const shown = KIND_WORDS.filter((kind) => !state.hiddenKinds.has(kind));
  return onlyMissing(shown) ? null : addressList(shown);
}

export function kindsOff(address) {
  const isAsked = address.has('shownKinds');
  const named = isAsked ? address.many('shownKinds').filter((kind) => KIND_WORDS.includes(kind)) : ['missing'];
  const shown = named.length || (isAsked && address.one('shownKinds') === '') ? named : ['missing'];
  return new Set(KIND_WORDS.filter((kind) => !shown.includes(kind)));
}

// A folder that is not there would leave an empty map: it is said instead.
export function folderOrNone(name) {
  if (!name || folders.some((folder) => folder === name || folder.startsWith(`${name}/`))) return name;
  hintUnknownName(name);
  return '';
}

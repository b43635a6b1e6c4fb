// How an address spells things, and what one asks for: its words by what they set, as choices.toml says.

import { addressWords } from '../base/data.js';

const LONGEST_ADDRESS = 8000;
const LONGEST_WORD = 300;

// As it is, but for what would end a word or be taken for something else: addresses stay readable in any language.
export const addressSafe = (text) =>
  text.replace(/[%&#,|=\s\u0000-\u001f"'<>\\^`{}]/g, (sign) => encodeURIComponent(sign).replace("'", '%27'));
export const addressList = (texts) => texts.map(addressSafe).join(',');
export const shortWord = (text) => text.slice(0, LONGEST_WORD);
export const isTooLong = (address) => address.length > LONGEST_ADDRESS;

export function addressDecoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

// What an address says: `has`, `one` and `many` take what a word sets. A Map, so that no word can be more than a word.
export function addressValues(text) {
  const values = valuesIn(text.slice(0, LONGEST_ADDRESS).replace(/^#/, ''));
  const has = (key) => values.has(addressWords[key]);
  const one = (key) => (has(key) ? addressDecoded(values.get(addressWords[key])) : '');
  const many = (key, mark = ',') => values.get(addressWords[key]).split(mark).map(addressDecoded);
  return { has, one, many };
}

function valuesIn(text) {
  const values = new Map();
  for (const part of text.split('&')) {
    const at = part.indexOf('=');
    if (at > 0 && !values.has(part.slice(0, at))) values.set(part.slice(0, at), part.slice(at + 1));
  }
  return values;
}

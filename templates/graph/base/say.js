// Our own words, in the reader's language, by their ids in the catalogue. Values are shown as they are.

import { language, words } from './data.js';

export function say(id, values = {}) {
  return filled(words[id], values);
}

// A sentence about a number of things, which {n} stands for: it may have a form for one and a form for more.
export function count(id, n, values = {}) {
  const forms = words[id];
  return filled(forms.other ? (n === 1 && forms.one) || forms.other : forms, { n: number(n), ...values });
}

function filled(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (hole, name) => (name in values ? values[name] : hole));
}

const inDigits = new Intl.NumberFormat(language);

export const number = (n) => inDigits.format(n);

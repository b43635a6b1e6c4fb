// Our own words, in the reader's language. What a sentence is given is shown as it is.

import { language, words } from './data.js';

export function say(sentence, values = {}) {
  return (words[sentence] || sentence).replace(/\{(\w+)\}/g, (hole, name) => (name in values ? values[name] : hole));
}

// A sentence about a number of things, which the hole {n} takes: of one, and of more.
export function count(one, many, n, values = {}) {
  return say(n === 1 ? one : many, { n: number(n), ...values });
}

const inDigits = new Intl.NumberFormat(language);

export const number = (n) => inDigits.format(n);

export function translateMarkup() {
  for (const part of document.querySelectorAll('[data-say]')) part.textContent = say(part.textContent);
  for (const name of ['aria-label', 'placeholder', 'title']) {
    for (const part of document.querySelectorAll(`body [${name}]`))
      part.setAttribute(name, say(part.getAttribute(name)));
  }
}

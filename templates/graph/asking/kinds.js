// What a mode has found, in its tab: kinds of findings to choose from, and a list of those that are chosen.

import { element } from '../base/dom.js';
import { cssColor, partList, rankedList, shareBar } from './findings.js';
import { filledParts, hiddenOf, shownParts, tooMany } from './parts.js';
import { colorDot } from '../seeing/samples.js';
import { number, say } from '../base/say.js';
import { change, toggled } from '../base/state.js';

export function modeParts(mode) {
  const { found, lead, inParts, mostRows } = mode;
  mode.list = element('div', { className: 'findings' });
  fillList(mode);
  const many = tooMany(mode, found).length;
  const isAnyFew = many > 0 && many < filledParts(found).length;
  return [
    element('p', { className: 'lead', textContent: lead() }),
    inParts && shareBar(found),
    element('ul', { className: 'kinds' }, ...found.map((part) => choice(mode, part))),
    isAnyFew && element('p', { className: 'lead', textContent: say('map.modes.large-kind', { n: number(mostRows) }) }),
    mode.list,
  ].filter(Boolean);
}

export function fillList(mode) {
  const parts = shownParts(mode);
  mode.list?.replaceChildren(...(mode.inParts ? filledParts(parts).map(partList) : [rankedList(parts)]));
}

function choice(mode, part) {
  const isOn = () => !hiddenOf(mode).has(part.key);
  const box = element('input', { type: 'checkbox', checked: isOn(), disabled: !part.rows.length });
  box.addEventListener('change', () => change({ [mode.hidden]: toggled(hiddenOf(mode), part.key) }));
  const title = element('span', { textContent: part.label, title: part.meaning || part.label });
  const many = element('span', { className: 'count', textContent: number(part.rows.length) });
  const row = element('li', {}, element('label', {}, box, colorDot(cssColor(part.color)), title, many));
  row.mark = () => {
    box.checked = isOn();
    row.classList.toggle('off', !box.checked || box.disabled);
  };
  row.mark();
  return row;
}

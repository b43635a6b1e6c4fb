// The menu of what is seldom wanted: the list, pictures, printing, the keys.

import { byId, drawing, element, walkedTo } from '../base/dom.js';
import { showKeys } from './keys.js';
import { toggleList } from '../reading/list.js';
import { savePng, saveSvg } from '../drawing/picture.js';
import { say } from '../base/say.js';

export function startMore() {
  const label = say('map.more.more');
  const button = moreButton(label);
  const menu = element('div', { id: 'more-menu', role: 'menu', 'aria-label': label, hidden: true }, ...moreItems());
  byId('tools').append(element('div', { className: 'more-place' }, button, menu));
  button.addEventListener('click', () => openMore(menu.hidden));
  menu.addEventListener('keydown', moreKey);
  // Some browsers name nothing that gets the focus when a button is pressed: then the press decides, below.
  menu.addEventListener('focusout', ({ relatedTarget: next }) => {
    if (next && next !== button && !menu.contains(next)) openMore(false, false);
  });
  document.addEventListener(
    'pointerdown',
    (event) => !menu.hidden && !button.parentNode.contains(event.target) && openMore(false, false),
  );
}

function moreButton(label) {
  const dots = drawing(
    'svg',
    { viewBox: '0 0 16 16', class: 'dots', 'aria-hidden': 'true' },
    ...[3, 8, 13].map((cx) => drawing('circle', { cx, cy: 8, r: 1.3 })),
  );
  const properties = {
    id: 'more',
    type: 'button',
    className: 'icon',
    'aria-label': label,
    title: label,
    'aria-haspopup': 'menu',
    'aria-expanded': 'false',
    'aria-controls': 'more-menu',
  };
  return element('button', properties, dots);
}

function moreItems() {
  return [
    moreItem(say('map.more.list'), () => toggleList(true)),
    moreItem(say('map.more.save-png'), savePng),
    moreItem(say('map.more.save-svg'), saveSvg),
    moreItem(say('map.more.print'), () => window.print()),
    moreItem(say('map.keyboard.title'), showKeys),
  ];
}

function moreItem(text, chosen) {
  const made = element('button', { type: 'button', role: 'menuitem', tabIndex: -1, textContent: text });
  made.addEventListener('click', () => {
    openMore(false);
    chosen();
  });
  return made;
}

function openMore(on, focus = true) {
  byId('more-menu').hidden = !on;
  byId('more').setAttribute('aria-expanded', String(on));
  if (focus) (on ? byId('more-menu').firstChild : byId('more')).focus();
}

function moreKey(event) {
  const all = [...byId('more-menu').children];
  const next = walkedTo(event.key, all.indexOf(document.activeElement), all.length, { around: true });
  if (event.key === 'Escape') openMore(false);
  else if (next !== undefined) all[next].focus();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

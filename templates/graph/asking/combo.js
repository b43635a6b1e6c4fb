// A box to type in with a list of answers below it, worked by keys and by pointer, told to screen readers as a combobox.

import { element } from '../base/dom.js';
import { count, say } from '../base/say.js';

const MOST_ANSWERS = 40;

// input, list: elements; answersTo(text): items, or null to show no list; rowOf(item): what a row holds;
// take(item): one was chosen; typed(text): called before the answers are asked for.
export function combo({ input, list, answersTo, rowOf, take, typed = () => {} }) {
  let items = [];
  let active = -1;

  function open(is) {
    list.hidden = !is;
    input.setAttribute('aria-expanded', String(is));
    if (!is) mark(-1);
  }

  function mark(at) {
    active = at;
    [...list.children].forEach(
      (row, number) =>
        row.getAttribute('role') === 'option' && row.setAttribute('aria-selected', String(number === at)),
    );
    const row = list.children[at];
    if (row) input.setAttribute('aria-activedescendant', row.id);
    else input.removeAttribute('aria-activedescendant');
  }

  function show(first) {
    const found = answersTo(input.value);
    items = found || [];
    if (!found) return open(false);
    list.replaceChildren(...items.slice(0, MOST_ANSWERS).map(option), ...remark());
    open(true);
    mark(items.length ? first : -1);
    list.scrollTop = 0;
    return undefined;
  }

  function option(item, number) {
    const row = element('li', { id: `${list.id}-${number}`, role: 'option' }, ...rowOf(item));
    row.addEventListener('mousedown', (event) => event.preventDefault());
    row.addEventListener('click', () => choose(item));
    return row;
  }

  function remark() {
    const left = items.length - MOST_ANSWERS;
    if (items.length && left <= 0) return [];
    const text = items.length ? count('common.more', left) : say('map.combo.no-match');
    return [element('li', { className: 'nothing', role: 'presentation', textContent: text })];
  }

  function choose(item) {
    open(false);
    take(item);
  }

  function key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && !event.isComposing) {
      event.preventDefault();
      if (list.hidden) return show(step > 0 ? 0 : Math.min(items.length, MOST_ANSWERS) - 1);
      const most = Math.min(items.length, MOST_ANSWERS);
      if (most) mark((active + step + most) % most);
      list.children[active]?.scrollIntoView({ block: 'nearest' });
      return undefined;
    }
    if (event.key === 'Enter' && !event.isComposing && !list.hidden && items[active] !== undefined) {
      event.preventDefault();
      return choose(items[active]);
    }
    if (event.key === 'Escape' && (!list.hidden || input.value)) {
      event.preventDefault();
      event.stopPropagation();
      input.value = '';
      typed('');
      open(false);
    }
    return undefined;
  }

  input.setAttribute('role', 'combobox');
  input.setAttribute('aria-expanded', 'false');
  input.setAttribute('aria-controls', list.id);
  input.setAttribute('aria-autocomplete', 'list');
  list.setAttribute('role', 'listbox');
  list.hidden = true;
  input.addEventListener('input', () => {
    typed(input.value);
    show(0);
  });
  input.addEventListener('keydown', key);
  input.addEventListener('blur', () => open(false));
  return {
    show: () => show(0),
    again: () => {
      if (!list.hidden) show(Math.max(active, 0));
    },
    close: () => open(false),
  };
}

// A field of its own: a labelled box and its list.
export function comboField(id, label, properties) {
  const input = element('input', { id, type: 'search', autocomplete: 'off', spellcheck: false, ...properties });
  input.setAttribute('aria-label', label);
  const list = element('ul', { id: `${id}-list`, className: 'answers', hidden: true });
  list.setAttribute('aria-label', label);
  return { input, list, box: element('div', { className: 'field' }, input, list) };
}

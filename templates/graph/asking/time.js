// The vault through time: a card below the map with how many notes were made when, two ends to pull, and play.

import { isTyped, nodeCount, nodes } from '../base/data.js';
import { spokenDay } from '../base/days.js';
import { CROSS, byId, drawing, element, iconButton } from '../base/dom.js';
import { pauseIfMoved, pauseTime, playButton } from './playing.js';
import { count, say } from '../base/say.js';
import { timeRange, timeSince, timeUntil } from './span.js';
import { change, state, whenChanged } from '../base/state.js';

const TIME_BARS = 64;

function timeBars() {
  const many = new Uint32Array(TIME_BARS);
  const whole = timeRange.last - timeRange.first + 1;
  for (let node = 0; node < nodeCount; node += 1) {
    const day = nodes.day[node];
    if (day) many[Math.min(TIME_BARS - 1, Math.floor(((day - timeRange.first) / whole) * TIME_BARS))] += 1;
  }
  const most = Math.max(...many);
  const picture = drawing('svg', {
    viewBox: `0 0 ${TIME_BARS} 24`,
    preserveAspectRatio: 'none',
    class: 'bars',
    'aria-hidden': 'true',
  });
  many.forEach((each, number) => {
    const height = each ? Math.max(1.5, 24 * Math.sqrt(each / most)) : 0;
    picture.append(drawing('rect', { x: number + 0.12, y: 24 - height, width: 0.76, height }));
  });
  return picture;
}

function timeThumb(id, label) {
  const input = element('input', { id, type: 'range', min: timeRange.first, max: timeRange.last, step: 1 });
  input.setAttribute('aria-label', label);
  return input;
}

// A box that keeps notes without a day on the map; nothing where there are none.
function undatedBox() {
  let left = -timeRange.dated;
  for (let node = 0; node < nodeCount; node += 1) if (isTyped(node)) left += 1;
  if (left <= 0) return false;
  const box = element('input', { type: 'checkbox', id: 'undated' });
  box.addEventListener('change', () => change({ undated: box.checked }));
  const mark = () => {
    box.checked = state.undated;
  };
  whenChanged(['undated'], mark);
  mark();
  const text = count('map.time.undated', left);
  return element('label', { className: 'undated' }, box, element('span', { textContent: text }));
}

function timeCard() {
  const start = timeThumb('time-since', say('map.filters.from'));
  const end = timeThumb('time-until', say('map.filters.to'));
  const picture = timeBars();
  const dates = element('p', { className: 'when', id: 'time-dates' });
  listenToThumbs({ start, end, picture, dates });
  const playing = playButton();
  const close = iconButton(CROSS, say('map.time.close'), { id: 'time-close' });
  close.addEventListener('click', () => openTime(false));
  return element(
    'div',
    { id: 'time', role: 'group', ariaLabel: say('map.time.label'), hidden: true },
    playing,
    element(
      'div',
      { className: 'line' },
      element('div', { className: 'track' }, picture, start, end),
      element('div', { className: 'under' }, dates, undatedBox()),
    ),
    close,
  );
}

function listenToThumbs(parts) {
  const { start, end } = parts;
  const settle = () => showSpan(parts);
  const pulled = (thumb, patch) =>
    thumb.addEventListener('input', () => {
      pauseTime();
      change(patch());
      settle();
    });
  pulled(start, () => ({ since: +start.value <= timeRange.first ? 0 : Math.min(+start.value, timeUntil()) }));
  pulled(end, () => ({ until: +end.value >= timeRange.last ? 0 : Math.max(+end.value, timeSince()) }));
  whenChanged(['since', 'until'], settle);
  settle();
}

// The chosen span: where the thumbs are, in words, and in the bars.
function showSpan({ start, end, picture, dates }) {
  [start.value, end.value] = [timeSince(), timeUntil()];
  start.setAttribute('aria-valuetext', spokenDay(timeSince()));
  end.setAttribute('aria-valuetext', spokenDay(timeUntil()));
  dates.textContent = say('map.time.range', { from: spokenDay(timeSince()), to: spokenDay(timeUntil()) });
  const day = (bar) => timeRange.first + ((bar + 0.5) / TIME_BARS) * (timeRange.last - timeRange.first + 1);
  [...picture.children].forEach((bar, number) =>
    bar.classList.toggle('out', day(number) < timeSince() || day(number) > timeUntil() + 1),
  );
}

function openTime(is) {
  byId('time').hidden = !is;
  byId('time-open').hidden = is;
  if (is) return byId('play').focus({ preventScroll: true });
  pauseTime();
  change({ since: 0, until: 0, undated: true });
  return byId('time-open').focus({ preventScroll: true });
}

export function startTime() {
  if (!timeRange || timeRange.first === timeRange.last) return;
  const clock = drawing(
    'svg',
    { viewBox: '0 0 16 16', 'aria-hidden': 'true' },
    drawing('circle', { cx: 8, cy: 8, r: 5.5 }),
    drawing('path', { d: 'M8 5v3.2l2.2 1.4' }),
  );
  const opener = element(
    'button',
    { id: 'time-open', type: 'button' },
    clock,
    element('span', { textContent: say('map.time.label') }),
  );
  opener.addEventListener('click', () => openTime(true));
  byId('main').append(element('div', { className: 'time-place' }, opener, timeCard()));
  whenChanged(['since', 'until', 'undated'], () => {
    pauseIfMoved();
    if (!(state.since || state.until || !state.undated) || !byId('time').hidden) return;
    byId('time').hidden = false;
    byId('time-open').hidden = true;
  });
}

// The vault through time: a card below the map with how many notes were made when, two ends to pull, and play.

import { nodeCount, nodes, isTyped } from '../base/data.js';
import { daySpan, spokenDay } from '../base/days.js';
import { CROSS, byId, calm, drawing, element, iconButton } from '../base/dom.js';
import { count, say } from '../base/say.js';
import { change, state, whenChanged } from '../base/state.js';

const TIME_BARS = 64;
const TIME_LASTS = 14000; // milliseconds from the first day to the last …
const DAY_LASTS = 800; // … or less, if there are few days
const TIME_EVERY = 100;
const TIME_STEPS = 12; // for those who want no motion
const PLAY_ICON = 'M5 3.5v9l7.5-4.5z';
const PAUSE_ICON = 'M4 3.5h3v9H4zM9 3.5h3v9H9z';

let timeRange;
let timeTimer = 0;
let timeDays; // the day of each dated note, in order
let timePlays = false; // whether it is playing that changes the day just now
let timeAt = 0; // the note among these that playing has come to, with its fraction

const timeUntil = () => state.until || timeRange.last;
const timeSince = () => state.since || timeRange.first;

// ---------------------------------------------------------------- moving through it

function datedOnes() {
  return nodes.day.filter((day) => day > 0).sort();
}

function showUntil(day) {
  timePlays = true;
  change({ until: day >= timeRange.last ? 0 : Math.max(timeRange.first, day) });
  timePlays = false;
}

// It goes evenly through the notes, so that no time is spent where nothing was made; nor with many of one day.
function timeTick(step) {
  const before = Math.floor(timeAt);
  timeAt += step;
  if (Math.floor(timeAt) > before) while (timeDays[Math.floor(timeAt)] === timeDays[before]) timeAt += 1;
  const day = timeDays[Math.floor(timeAt)] ?? timeRange.last;
  showUntil(day);
  if (day >= timeRange.last) pauseTime();
}

function playTime(button) {
  if (timeTimer) return pauseTime();
  const start = timeUntil() >= timeRange.last ? timeSince() : timeUntil();
  timeAt = timeDays.findIndex((day) => day >= start);
  showUntil(start);
  const every = calm.matches ? 1000 : TIME_EVERY;
  const lasts = calm.matches ? TIME_STEPS * every : Math.min(TIME_LASTS, DAY_LASTS * new Set(timeDays).size);
  const step = (timeDays.length * every) / lasts;
  timeTimer = setInterval(() => timeTick(step), every);
  return markPlaying(button);
}

function pauseTime() {
  clearInterval(timeTimer);
  timeTimer = 0;
  markPlaying(byId('play'));
}

function markPlaying(button) {
  button.querySelector('path').setAttribute('d', timeTimer ? PAUSE_ICON : PLAY_ICON);
  button.setAttribute('aria-label', timeTimer ? say('map.time.pause') : say('map.time.play'));
}

// ---------------------------------------------------------------- the card

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

function playButton() {
  const button = iconButton(PLAY_ICON, say('map.time.play'), { id: 'play', title: '' });
  button.querySelector('svg').classList.add('solid');
  button.addEventListener('click', () => playTime(button));
  return button;
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
  timeRange = daySpan();
  if (!timeRange || timeRange.first === timeRange.last) return;
  timeDays = datedOnes();
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
    if (timeTimer && !timePlays) pauseTime();
    if (!(state.since || state.until || !state.undated) || !byId('time').hidden) return;
    byId('time').hidden = false;
    byId('time-open').hidden = true;
  });
}

// The vault grows again, day by day: what the button beside the time does.

import { nodes } from '../base/data.js';
import { byId, calm, iconButton } from '../base/dom.js';
import { say } from '../base/say.js';
import { timeRange, timeSince, timeUntil } from './span.js';
import { change } from '../base/state.js';

const TIME_LASTS = 14000; // milliseconds from the first day to the last …
const DAY_LASTS = 800; // … or less, if there are few days
const TIME_EVERY = 100;
const TIME_STEPS = 12; // for those who want no motion
const PLAY_ICON = 'M5 3.5v9l7.5-4.5z';
const PAUSE_ICON = 'M4 3.5h3v9H4zM9 3.5h3v9H9z';

let timeTimer = 0;
let timeDays = []; // the day of each dated note, in order
let timePlays = false; // whether it is playing that changes the day just now
let timeAt = 0; // the note among these that playing has come to, with its fraction

export function playButton() {
  timeDays = nodes.day.filter((day) => day > 0).sort();
  const button = iconButton(PLAY_ICON, say('map.time.play'), { id: 'play', title: '' });
  button.querySelector('svg').classList.add('solid');
  button.addEventListener('click', () => playTime(button));
  return button;
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

export function pauseTime() {
  clearInterval(timeTimer);
  timeTimer = 0;
  markPlaying(byId('play'));
}

// Somebody else has changed the days.
export function pauseIfMoved() {
  if (timeTimer && !timePlays) pauseTime();
}

function markPlaying(button) {
  button.querySelector('path').setAttribute('d', timeTimer ? PAUSE_ICON : PLAY_ICON);
  button.setAttribute('aria-label', timeTimer ? say('map.time.pause') : say('map.time.play'));
}

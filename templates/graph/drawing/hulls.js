// The grounds below communities, and their names: where they are, and how a pen draws them.

import { colorRows } from '../seeing/colors.js';
import { ATTACHMENT, TAG, communities, nodeCount, nodes } from '../base/data.js';
import { mixed } from '../seeing/shades.js';
import { state, whenChanged } from '../base/state.js';
import { theme, themeColor } from '../base/theme.js';
import { whenLaid } from '../seeing/stretch.js';
import { view } from '../seeing/view.js';
import { shownNodes } from '../seeing/visible.js';

const RAYS = 48;
const MOST_HULLS = 60;
const LEAST_MEMBERS = 6;
const AIR = 34; // between the outermost dots and the rim, in units of the map
const NAMED_FROM = 46; // how large a hull must be drawn to have a name, as a radius in pixels

let grounds = null;

// A community's ground: how far it reaches in each direction from its middle, without stragglers, and smoothed.
function ground(number, members) {
  const middle = { x: median(members, nodes.x), y: median(members, nodes.y) };
  const reach = smoothed(reachOf(members, middle));
  return {
    number,
    name: communities[number - 1].n,
    members: members.length,
    hub: members[0],
    ...middle,
    radius: reach.reduce((sum, far) => sum + far, 0) / RAYS + AIR,
    points: rimOf(reach, middle),
  };
}

// How far the members reach along each ray, beside it as well.
function reachOf(members, middle) {
  const distances = members
    .map((node) => Math.hypot(nodes.x[node] - middle.x, nodes.y[node] - middle.y))
    .sort((a, b) => a - b);
  const farthest = distances[Math.floor(distances.length * 0.9)] * 1.3 + AIR;
  const reach = new Float32Array(RAYS);
  for (const node of members) {
    const [dx, dy] = [nodes.x[node] - middle.x, nodes.y[node] - middle.y];
    const far = Math.hypot(dx, dy);
    if (far > farthest) continue;
    const ray = Math.round(((Math.atan2(dy, dx) + Math.PI) / (2 * Math.PI)) * RAYS);
    for (let near = -2; near <= 2; near += 1) {
      const at = (ray + near + RAYS) % RAYS;
      reach[at] = Math.max(reach[at], far * Math.cos((near * 2 * Math.PI) / RAYS / 1.5));
    }
  }
  const least = distances[Math.floor(distances.length * 0.75)] * 0.75;
  return reach.map((far) => Math.max(far, least));
}

function smoothed(reach) {
  let smooth = reach;
  for (let turn = 0; turn < 5; turn += 1)
    smooth = smooth.map((far, at) => (smooth[(at + RAYS - 1) % RAYS] + 2 * far + smooth[(at + 1) % RAYS]) / 4);
  return smooth;
}

function rimOf(reach, middle) {
  const points = new Float32Array(RAYS * 2);
  reach.forEach((far, ray) => {
    const angle = (ray / RAYS) * 2 * Math.PI - Math.PI;
    points[2 * ray] = middle.x + (far + AIR) * Math.cos(angle);
    points[2 * ray + 1] = middle.y + (far + AIR) * Math.sin(angle);
  });
  return points;
}

function median(members, values) {
  const sorted = members.map((node) => values[node]).sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}

function groundsNow() {
  if (grounds) return grounds;
  const members = new Map();
  for (let node = 0; node < nodeCount; node += 1) {
    const home = nodes.community[node];
    if (!home || !shownNodes[node] || nodes.kind[node] === ATTACHMENT || nodes.kind[node] === TAG) continue;
    if (!members.has(home)) members.set(home, []);
    members.get(home).push(node);
  }
  const least = Math.max(LEAST_MEMBERS, nodeCount * 0.003);
  const large = [...members]
    .filter(([, own]) => own.length >= least)
    .sort((one, other) => other[1].length - one[1].length);
  grounds = large.length < 2 ? [] : large.slice(0, MOST_HULLS).map(([number, own]) => ground(number, own));
  return grounds;
}

function colorOfHull(number) {
  if (state.color !== 'community') return themeColor('soft');
  const row = colorRows().find((each) => each.number === number);
  return row ? row.color : themeColor('soft');
}

// How clearly a hull is drawn: less, the more of the window it fills.
function clearness(radius, seen) {
  const share = (radius * seen.scale) / (0.5 * Math.min(seen.width, seen.height));
  return Math.min(1, Math.max(0, (1.45 - share) / 0.6));
}

// The hulls as they are drawn in a view: [{ name, hub, members, color, x, y, radius, points, clear, size }], the largest
// first; size is that of the name's letters, 0 where there is no room for one.
export function hullsNow(seen = view) {
  return groundsNow().map(({ number, name, hub, members, x, y, radius, points }) => {
    const drawn = radius * seen.scale;
    const clear = clearness(radius, seen);
    return {
      name,
      hub,
      members,
      clear,
      color: colorOfHull(number),
      radius: drawn,
      x: x * seen.scale + seen.x,
      y: y * seen.scale + seen.y,
      points: points.map((value, at) => value * seen.scale + (at % 2 ? seen.y : seen.x)),
      size: drawn >= NAMED_FROM && clear > 0.05 ? Math.min(17, 11.5 + drawn / 36) : 0,
    };
  });
}

// How strong its ground and rim are, of 256.
export function hullStrength(clear) {
  const colored = state.color === 'community';
  const [fill, line] = theme() === 'dark' ? (colored ? [22, 60] : [14, 36]) : colored ? [20, 66] : [14, 40];
  return { fill: Math.round(fill * (0.35 + 0.65 * clear)), line: Math.round(line * clear) };
}

export const hullNameColor = (hull) =>
  state.color === 'community' ? mixed(hull.color, themeColor('ink'), 0.35) : themeColor('soft');

export function startHulls() {
  const forgetGrounds = () => {
    grounds = null;
  };
  whenChanged(['shown'], forgetGrounds);
  whenLaid(forgetGrounds);
}

export function drawHull(pen, { points, color }, { fill, line }) {
  pen.beginPath();
  const count = points.length;
  pen.moveTo((points[0] + points[count - 2]) / 2, (points[1] + points[count - 1]) / 2);
  for (let at = 0; at < count; at += 2) {
    const next = (at + 2) % count;
    pen.quadraticCurveTo(
      points[at],
      points[at + 1],
      (points[at] + points[next]) / 2,
      (points[at + 1] + points[next + 1]) / 2,
    );
  }
  pen.closePath();
  pen.fillStyle = pen.strokeStyle = color;
  pen.globalAlpha = fill / 256;
  pen.fill();
  pen.globalAlpha = line / 256;
  pen.lineWidth = 1;
  pen.stroke();
  pen.globalAlpha = 1;
}

// What is in and around the window, gathered once and kept until the window leaves it.

import { edgeCount, edges, nodeCount, nodes, relations } from '../base/data.js';
import { eachNodeIn } from './pick.js';
import { view } from './view.js';
import { shownEdges, shownNodes } from './visible.js';

const FEW_NODES = 320; // up to so many are drawn line by line …
const FEW_LINES = 1500; // … with up to so many lines …
const LIGHT_LINES = 900; // … and up to so many also while the view moves
const FEW_LIT = 400; // up to so many lit lines and dots are drawn one by one in every frame
const LONG_LINE = 0.45; // as a share of the window: longer ones come from afar
const AROUND = 0.25; // how far beyond the window things are gathered, as a share of it
const EVERYWHERE = { left: -Infinity, top: -Infinity, right: Infinity, bottom: Infinity };

let scene = null;
let litScene = null;

// Something else is shown, or it stands elsewhere.
export function forgetScene() {
  scene = null;
  litScene = null;
}

// Nodes and lines in and around the window, the least important first; null if they are many.
export function sceneNow() {
  if (!scene || !inside(scene)) scene = gatheredScene();
  return scene.few ? scene : null;
}

// What of the lit things is in and around the window: { dots, edges, few }, the least important first.
export function litNear(lit) {
  if (litScene && litScene.lit === lit && inside(litScene)) return litScene;
  const whole = lit.kind === 'way' || lit.dots.length + lit.edges.length <= FEW_LIT;
  const box = whole ? EVERYWHERE : boxAround();
  const dots = whole ? lit.dots : lit.dots.filter((node) => holds(box, node));
  const lines = whole ? lit.edges : lit.edges.filter((edge) => reaches(edge, box));
  litScene = {
    ...box,
    scale: view.scale,
    lit,
    dots,
    edges: lines,
    few: whole || dots.length + lines.length <= FEW_LIT,
  };
  return litScene;
}

// The most important of them: as many as can be drawn in a frame.
export const fewOf = ({ dots, edges: lines }) => ({ dots: dots.slice(-FEW_LIT / 2), edges: lines.slice(-FEW_LIT / 2) });

function inside({ left, top, right, bottom, scale }) {
  const [x, y] = [-view.x / view.scale, -view.y / view.scale];
  if (left === -Infinity) return true;
  return (
    x >= left &&
    y >= top &&
    x + view.width / view.scale <= right &&
    y + view.height / view.scale <= bottom &&
    view.scale < scale * 1.8
  );
}

function boxAround() {
  const [x, y] = [-view.x / view.scale, -view.y / view.scale];
  const [width, height] = [view.width / view.scale, view.height / view.scale];
  return {
    left: x - width * AROUND,
    top: y - height * AROUND,
    right: x + width * (1 + AROUND),
    bottom: y + height * (1 + AROUND),
  };
}

function gatheredScene() {
  const all = nodeCount <= FEW_NODES && edgeCount <= FEW_LINES;
  const box = all ? EVERYWHERE : boxAround();
  const made = { ...box, scale: view.scale, few: false, light: all, nodes: [], lines: [], passing: [] };
  if (!(all ? gatherAllNodes(made) : gatherNodes(made)) || !gatherLines(made, all)) return made;
  made.nodes.sort((one, other) => other - one);
  made.light ||= made.lines.length + made.passing.length <= LIGHT_LINES;
  made.few = true;
  return made;
}

// Each of these gathers into a scene; false if there are too many.
function gatherAllNodes(made) {
  for (let node = 0; node < nodeCount; node += 1) if (shownNodes[node]) made.nodes.push(node);
  return true;
}

function gatherNodes(made) {
  const most = FEW_NODES * 2;
  const { left, top, right, bottom } = made;
  if (((right - left) * (bottom - top)) / 400 > 4e6) return false;
  eachNodeIn(left, top, right, bottom, (node) => made.nodes.length <= most && made.nodes.push(node));
  return made.nodes.length <= most;
}

function gatherLines(made, all) {
  const far = (Math.max(view.width, view.height) / view.scale) * LONG_LINE;
  for (let edge = edgeCount - 1; edge >= 0; edge -= 1) {
    if (!shownEdges[edge] || !reaches(edge, made)) continue;
    const list = all || belongs(edge, made, far) ? made.lines : made.passing;
    list.push(edge);
    if (!all && list.length > FEW_LINES) return false;
  }
  return true;
}

const holds = ({ left, top, right, bottom }, node) =>
  nodes.x[node] >= left && nodes.x[node] <= right && nodes.y[node] >= top && nodes.y[node] <= bottom;

// Whether a line is of what is seen: it ends here, and means something or does not come from afar.
function belongs(edge, box, far) {
  const [from, to] = [edges.from[edge], edges.to[edge]];
  if (!holds(box, from) && !holds(box, to)) return false;
  return (
    Boolean(relations[edges.relation[edge]].s) ||
    Math.hypot(nodes.x[from] - nodes.x[to], nodes.y[from] - nodes.y[to]) < far
  );
}

// Whether a line runs through a box.
function reaches(edge, box) {
  const [from, to] = [edges.from[edge], edges.to[edge]];
  const [x1, y1, x2, y2] = [nodes.x[from], nodes.y[from], nodes.x[to], nodes.y[to]];
  if (isOneSided(x1, x2, box.left, box.right) || isOneSided(y1, y2, box.top, box.bottom)) return false;
  return box.left === -Infinity || x1 === x2 || !cornersOneSided(x1, y1, x2, y2, box);
}

// Whether both ends are on the same side of a span.
const isOneSided = (one, other, least, most) => (one < least && other < least) || (one > most && other > most);

// Whether all corners of a box are on the same side of a line.
function cornersOneSided(x1, y1, x2, y2, { left, top, right, bottom }) {
  const side = (x, y) => Math.sign((x2 - x1) * (y - y1) - (y2 - y1) * (x - x1));
  const first = side(left, top);
  return first && first === side(right, top) && first === side(left, bottom) && first === side(right, bottom);
}

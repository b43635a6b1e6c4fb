// A pen that draws as a canvas' does, and leaves SVG: so the same code draws the picture on the screen and the one that
// is saved.

import { drawing } from '../base/dom.js';

export const tenth = (value) => Math.round(value * 10) / 10;
const hundredth = (value) => Math.round(value * 100) / 100;

export class SvgPen {
  fillStyle = '#000000';
  strokeStyle = '#000000';
  lineWidth = 1;
  lineCap = 'butt';
  lineJoin = 'miter';
  globalAlpha = 1;
  dashes = '';
  path = '';

  constructor(name) {
    this.drawn = drawing('g', { id: name });
  }

  beginPath() {
    this.path = '';
  }

  moveTo(x, y) {
    this.path += `M${tenth(x)} ${tenth(y)}`;
  }

  lineTo(x, y) {
    this.path += `L${tenth(x)} ${tenth(y)}`;
  }

  quadraticCurveTo(x1, y1, x, y) {
    this.path += `Q${tenth(x1)} ${tenth(y1)} ${tenth(x)} ${tenth(y)}`;
  }

  closePath() {
    this.path += 'Z';
  }

  // Whole circles only: nothing else is drawn.
  arc(x, y, r) {
    const [left, right, at, size] = [x - r, x + r, y, r].map(hundredth);
    this.path += `M${right} ${at}A${size} ${size} 0 1 1 ${left} ${at}A${size} ${size} 0 1 1 ${right} ${at}Z`;
  }

  rect(x, y, width, height) {
    this.path += `M${tenth(x)} ${tenth(y)}h${tenth(width)}v${tenth(height)}h${tenth(-width)}Z`;
  }

  roundRect(x, y, width, height, r) {
    const [w, h, c] = [tenth(width - 2 * r), tenth(height - 2 * r), tenth(r)];
    this.path += `M${tenth(x + r)} ${tenth(y)}h${w}q${c} 0 ${c} ${c}v${h}q0 ${c} ${-c} ${c}h${-w}q${-c} 0 ${-c} ${-c}v${-h}q0 ${-c} ${c} ${-c}Z`;
  }

  setLineDash(lengths) {
    this.dashes = lengths.map(tenth).join(' ');
  }

  fill() {
    if (this.path) this.leave({ d: this.path, fill: this.fillStyle }, 'fill-opacity');
  }

  stroke() {
    if (!this.path) return;
    const look = { d: this.path, fill: 'none', stroke: this.strokeStyle, 'stroke-width': tenth(this.lineWidth) };
    if (this.dashes) look['stroke-dasharray'] = this.dashes;
    if (this.lineCap !== 'butt') look['stroke-linecap'] = this.lineCap;
    this.leave(look, 'stroke-opacity');
  }

  fillRect(x, y, width, height) {
    this.beginPath();
    this.rect(x, y, width, height);
    this.fill();
  }

  leave(look, opacity) {
    if (this.globalAlpha < 1) look[opacity] = Math.round(this.globalAlpha * 100) / 100;
    this.drawn.append(drawing('path', look));
  }
}

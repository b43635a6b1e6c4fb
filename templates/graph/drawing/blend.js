// Blends a colour into a pixel; each is one number (0xAABBGGRR).

const OPAQUE = 0xff000000;

// Red and blue are blended at once, green by itself: no channel reaches into another.
export function blend(pixels, at, color, alpha) {
  const old = pixels[at];
  const pair = old & 0xff00ff;
  const green = old & 0xff00;
  const newPair = pair + (Math.imul((color & 0xff00ff) - pair, alpha) >> 8);
  const newGreen = green + (Math.imul((color & 0xff00) - green, alpha) >> 8);
  pixels[at] = (newPair & 0xff00ff) | (newGreen & 0xff00) | OPAQUE;
}

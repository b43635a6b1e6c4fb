// The worker that draws the map beside the page: it receives what changes, and sends a picture for each job.

import { rasterised } from './raster.js';

const held = {};
let paper = null;

onmessage = async ({ data: { columns, job } }) => {
  Object.assign(held, columns);
  if (!job) return;
  try {
    const bitmap = await createImageBitmap(imageOf(job));
    postMessage({ number: job.number, bitmap }, [bitmap]);
  } catch {
    postMessage({ number: job.number, failed: true }); // the page draws by itself then
  }
};

function imageOf(job) {
  const pixels = rasterised(held, job, paper);
  if (!paper || paper.length < pixels.length) paper = pixels;
  return new ImageData(new Uint8ClampedArray(pixels.buffer, 0, pixels.length * 4), job.width, job.height);
}

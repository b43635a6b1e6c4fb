// The worker that draws the map beside the page: it is told what changes, and sends a picture for each job.

import { rasterised } from './raster.js';

const held = {};
let paper = null;

onmessage = async ({ data: { columns, job } }) => {
  Object.assign(held, columns);
  if (!job) return;
  const pixels = rasterised(held, job, paper);
  if (!paper || paper.length < pixels.length) paper = pixels;
  const image = new ImageData(new Uint8ClampedArray(pixels.buffer, 0, pixels.length * 4), job.width, job.height);
  const bitmap = await createImageBitmap(image);
  postMessage({ number: job.number, bitmap }, [bitmap]);
};

// The worker that draws the map beside the page.

onmessage = (event) => postMessage(event.data);

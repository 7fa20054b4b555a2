// Decodes one HEIC picture outside the main thread: libheif runs as WebAssembly and takes half a second.
const { readFileSync } = require('node:fs');
const { parentPort, workerData } = require('node:worker_threads');

async function main() {
  const decode = (await import('heic-decode')).default;
  const [image] = await decode.all({ buffer: readFileSync(workerData.path) });
  if (image.width * image.height > workerData.maxPixels) return { tooLarge: true };
  await image.decode();
  return { width: image.width, height: image.height };
}

main().then(
  result => parentPort.postMessage(result),
  error => parentPort.postMessage({ damaged: String(error && error.message) }),
);

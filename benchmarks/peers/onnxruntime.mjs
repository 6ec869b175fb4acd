// The peer's side of networks.py: runs an ONNX file as often as each line read says, and answers with the median in milliseconds and peak megabytes.
//   node onnxruntime.mjs FILE BATCH PIXELS THREADS
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const require = createRequire(new URL('../../tests/Tools/OnnxRuntime/package.json', import.meta.url));
const { InferenceSession, Tensor } = require('onnxruntime-node');
const [file, batch, pixels, threads] = process.argv.slice(2);
const session = await InferenceSession.create(file, { intraOpNumThreads: Number(threads), interOpNumThreads: 1 });
const shape = [Number(batch), 3, Number(pixels), Number(pixels)];
const image = Float32Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => (i * 0.618034) % 1);
const feeds = { [session.inputNames[0]]: new Tensor('float32', image, shape) };
const begun = Date.now();
do {
  await session.run(feeds);
  await session.run(feeds);
} while (Date.now() - begun < 1000);
console.log('ready');
for await (const line of createInterface({ input: process.stdin })) {
  const times = [];
  for (let i = 0; i < Number(line); i++) {
    const start = process.hrtime.bigint();
    await session.run(feeds);
    times.push(Number(process.hrtime.bigint() - start) / 1e6);
  }
  times.sort((a, b) => a - b);
  console.log((times[(times.length - 1) >> 1] + times[times.length >> 1]) / 2, process.resourceUsage().maxRSS * 1024 / 1e6);
}

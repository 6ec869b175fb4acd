// Writes what ONNX Runtime answers for the models of shared/models, to be compared with our answers:
//   tests/TestData/Models/pictures.sh; node tests/TestData/Models/record.mjs ../shared > tests/TestData/Models/recorded.json
//
// Inputs are made, not stored: two pictures by a formula, and photographs read from where they lie (PNG, 8 bits a channel, RGB, not
// interlaced), of which only the digest of the 224 x 224 pixels is kept. PretrainedAnswers.cs makes the same pixels.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { inflateSync } from 'node:zlib';

const { InferenceSession, Tensor } = createRequire(new URL('../../Tools/OnnxRuntime/package.json', import.meta.url))('onnxruntime-node');
const photos = new URL('../../../artifacts/photos/', import.meta.url);
const shared = process.argv[2];
const side = 224;

const rgb = (x) => x / 127.5 - 1;
const models = [
  { file: 'mobilenet_v1_0.25_224_imagenet.onnx', channel: (pixel, c) => rgb(pixel[c]) },
  { file: 'mobilenet_v1_0.75_224_imagenet.onnx', channel: (pixel, c) => rgb(pixel[c]) },
  { file: 'squeezenet1.1_imagenet_fp32.onnx', channel: (pixel, c) => pixel[2 - c] - [104, 117, 123][c] },
];

// Pixels: side x side x 3 bytes, row by row, RGB.
function noise() {
  let state = 12345;
  return Uint8Array.from({ length: side * side * 3 }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
}

function waves() {
  return Uint8Array.from({ length: side * side * 3 }, (_, i) => {
    const [c, x, y] = [i % 3, Math.floor(i / 3) % side, Math.floor(i / 3 / side)];
    return (x * (c + 1) + y * (3 - c)) & 255;
  });
}

function readPng(path) {
  const file = readFileSync(path);
  let [at, parts] = [8, []];
  while (at < file.length) {
    const length = file.readUInt32BE(at);
    if (file.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(file.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  const [width, height] = [file.readUInt32BE(16), file.readUInt32BE(20)];
  if (file[24] !== 8 || file[25] !== 2 || file[28] !== 0) throw new Error(`${path} is no plain RGB picture of 8 bits`);
  const rows = inflateSync(Buffer.concat(parts));
  const [stride, pixels] = [width * 3, new Uint8Array(width * 3 * height)];
  for (let y = 0; y < height; y++) {
    const filter = rows[y * (stride + 1)];
    for (let i = 0; i < stride; i++) {
      const left = i < 3 ? 0 : pixels[y * stride + i - 3];
      const up = y === 0 ? 0 : pixels[(y - 1) * stride + i];
      const corner = i < 3 || y === 0 ? 0 : pixels[(y - 1) * stride + i - 3];
      const guess = left + up - corner;
      const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
      const paeth = a <= b && a <= c ? left : b <= c ? up : corner;
      pixels[y * stride + i] = rows[y * (stride + 1) + 1 + i] + [0, left, up, (left + up) >> 1, paeth][filter];
    }
  }
  return { width, height, pixels };
}

// The square in the middle; of every pixel of the answer the one nearest to its centre.
function photo(path) {
  const { width, height, pixels } = readPng(path);
  const square = Math.min(width, height);
  const [left, top] = [(width - square) >> 1, (height - square) >> 1];
  const at = (i) => Math.floor(((2 * i + 1) * square) / (2 * side));
  return Uint8Array.from({ length: side * side * 3 }, (_, i) => {
    const [c, x, y] = [i % 3, Math.floor(i / 3) % side, Math.floor(i / 3 / side)];
    return pixels[((top + at(y)) * width + left + at(x)) * 3 + c];
  });
}

const pictures = { noise: noise(), waves: waves() };
for (const [name, path] of Object.entries({
  cat: new URL('chelsea.png', photos),
  coffee: new URL('coffee.png', photos),
  chest: `${shared}/data/images/cxr_fullsize_ccby/img/thnov10p5641g006-c.png`,
})) {
  if (!existsSync(path)) throw new Error(`${path} is not there; run pictures.sh first`);
  pictures[name] = photo(path);
}

const answers = [];
for (const { file, channel } of models) {
  const session = await InferenceSession.create(`${shared}/models/${file}`, { executionProviders: ['cpu'], intraOpNumThreads: 1, logSeverityLevel: 3 });
  for (const [picture, pixels] of Object.entries(pictures)) {
    const input = new Float32Array(3 * side * side);
    for (let i = 0; i < side * side; i++) {
      for (let c = 0; c < 3; c++) input[c * side * side + i] = channel(pixels.subarray(3 * i, 3 * i + 3), c);
    }
    const outputs = await session.run({ [session.inputNames[0]]: new Tensor('float32', input, [1, 3, side, side]) });
    const scores = Array.from(outputs[session.outputNames[0]].data);
    const highest = Math.max(...scores);
    const powers = file.startsWith('mobilenet') ? scores.map((score) => Math.exp(score - highest)) : scores;
    const sum = powers.reduce((a, b) => a + b);
    const top = powers.map((power, i) => [i, power / sum]).sort((a, b) => b[1] - a[1]).slice(0, 3);
    answers.push({
      model: file,
      picture,
      pixels: createHash('sha256').update(pixels).digest('hex'),
      classes: top.map(([i]) => i),
      probabilities: top.map(([, p]) => Number(p.toFixed(6))),
      scores: Array.from({ length: 64 }, (_, i) => Number(scores[(i * 997) % scores.length].toPrecision(8))),
    });
  }
}
process.stdout.write(`[\n${answers.map((answer) => JSON.stringify(answer)).join(',\n')}\n]\n`);

// Runs one ONNX file with ONNX Runtime:  node run.mjs MODEL < inputs.json > outputs.json
//
// Both sides are {name: {type, shape, values}}; type is ONNX Runtime's word (float32, float64, int64, int32, uint8, int8, bool, string).
// In float tensors null stands for NaN, "inf" and "-inf" for the infinities; int64 values are plain numbers.
import { readFileSync } from 'node:fs';
import { InferenceSession, Tensor } from 'onnxruntime-node';

const arrays = { float32: Float32Array, float64: Float64Array, int32: Int32Array, uint8: Uint8Array, int8: Int8Array, bool: Uint8Array };
const isFloat = (type) => type === 'float32' || type === 'float64';

function readValue(type, value) {
  if (type === 'string') return String(value);
  if (type === 'int64') return BigInt(value);
  if (type === 'bool') return value ? 1 : 0;
  if (isFloat(type)) return value === null ? NaN : value === 'inf' ? Infinity : value === '-inf' ? -Infinity : value;
  return value;
}

function writeValue(type, value) {
  if (type === 'int64') return Number(value);
  if (type === 'bool') return Boolean(value);
  if (isFloat(type) && !Number.isFinite(value)) return Number.isNaN(value) ? null : value > 0 ? 'inf' : '-inf';
  return value;
}

function toTensor({ type, shape, values }) {
  const read = values.map((value) => readValue(type, value));
  if (type === 'string') return new Tensor('string', read, shape);
  if (type === 'int64') return new Tensor('int64', BigInt64Array.from(read), shape);
  return new Tensor(type, arrays[type].from(read), shape);
}

const session = await InferenceSession.create(process.argv[2], { executionProviders: ['cpu'], intraOpNumThreads: 1, logSeverityLevel: 3 });
const request = JSON.parse(readFileSync(0, 'utf8'));
const inputs = Object.fromEntries(Object.entries(request).map(([name, tensor]) => [name, toTensor(tensor)]));
const outputs = await session.run(inputs);
const answer = Object.fromEntries(Object.entries(outputs).map(([name, tensor]) =>
  [name, { type: tensor.type, shape: tensor.dims, values: Array.from(tensor.data, (value) => writeValue(tensor.type, value)) }]));
process.stdout.write(JSON.stringify(answer));

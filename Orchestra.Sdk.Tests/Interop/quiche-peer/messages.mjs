// The few messages of the protocol that this peer speaks; see plugin.proto for the numbers.
import { bytes, double, integer, parse } from './protobuf.mjs';

const requestId = 1;
const health = 13;
const toolCall = 20;
const statusHealthy = 1;

export const healthRequest = (id) => Buffer.concat([bytes(requestId, id), bytes(health)]);

export const toolRequest = (id, name, argumentsStruct) =>
  Buffer.concat([bytes(requestId, id), bytes(toolCall, bytes(1, name), bytes(2, argumentsStruct))]);

// Echoes the arguments of `echo`, reports health, and says of all else that it is not known.
export function answer(request) {
  const fields = parse(request);
  const id = fields.get(requestId)?.[0] ?? Buffer.alloc(0);
  const respond = (number, ...content) => Buffer.concat([bytes(requestId, id), bytes(number, ...content)]);
  if (fields.has(health)) {
    return respond(health, integer(1, statusHealthy), bytes(2, 'ok'));
  }
  if (!fields.has(toolCall)) {
    return respond(toolCall, bytes(3, 'unknown_request'), bytes(4, 'unrecognized request type'));
  }
  const call = parse(fields.get(toolCall)[0]);
  const name = text(call.get(1));
  return name === 'echo'
    ? respond(toolCall, integer(1, 1), bytes(2, call.get(2)?.[0] ?? ''))
    : respond(toolCall, bytes(3, 'tool_not_found'), bytes(4, `tool "${name}" not found`));
}

// A response: its request's id and, of a tool's call, the result's Struct.
export function readResponse(message) {
  const fields = parse(message);
  const call = fields.has(toolCall) ? parse(fields.get(toolCall)[0]) : new Map();
  return {
    id: text(fields.get(requestId)),
    success: call.get(1)?.[0] === 1,
    result: call.get(2)?.[0],
    errorCode: text(call.get(3)),
    errorMessage: text(call.get(4)),
  };
}

const text = (values) => values?.[0].toString() ?? '';

// google.protobuf.Struct and Value.
export const struct = (object) =>
  Buffer.concat(Object.entries(object).map(([name, value]) => bytes(1, bytes(1, name), bytes(2, encodeValue(value)))));

function encodeValue(value) {
  if (value === null) {
    return integer(1, 0);
  }
  if (Array.isArray(value)) {
    return bytes(6, ...value.map((item) => bytes(1, encodeValue(item))));
  }
  switch (typeof value) {
    case 'number':
      return double(2, value);
    case 'string':
      return bytes(3, value);
    case 'boolean':
      return integer(4, Number(value));
    default:
      return bytes(5, struct(value));
  }
}

export function readStruct(message) {
  const entries = (parse(message).get(1) ?? []).map((entry) => {
    const fields = parse(entry);
    return [text(fields.get(1)), readValue(fields.get(2)?.[0] ?? Buffer.alloc(0))];
  });
  return Object.fromEntries(entries);
}

function readValue(message) {
  const [[number, [value]]] = parse(message);
  switch (number) {
    case 1:
      return null;
    case 2:
      return value.readDoubleLE();
    case 3:
      return value.toString();
    case 4:
      return value === 1;
    case 5:
      return readStruct(value);
    default:
      return (parse(value).get(1) ?? []).map(readValue);
  }
}

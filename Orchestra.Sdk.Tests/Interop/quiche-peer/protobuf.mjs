// As much of protobuf's wire format as the peer needs: fields as [number, bytes] and [number, integer].
const lengthDelimited = 2;

function varint(value) {
  const bytes = [];
  for (; value > 127; value = Math.floor(value / 128)) {
    bytes.push((value % 128) | 128);
  }
  bytes.push(value);
  return Buffer.from(bytes);
}

const key = (number, wireType) => varint(number * 8 + wireType);

export const integer = (number, value) => Buffer.concat([key(number, 0), varint(value)]);

export function double(number, value) {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return Buffer.concat([key(number, 1), bytes]);
}

export const bytes = (number, ...contents) => {
  const parts = contents.map((content) => (typeof content === 'string' ? Buffer.from(content) : content));
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([key(number, lengthDelimited), varint(length), ...parts]);
};

// The fields of a message, by number; a later one of the same number comes after the earlier.
export function parse(message) {
  const fields = new Map();
  let position = 0;
  const readVarint = () => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = message[position++];
      if (byte === undefined) {
        throw new Error('the message is truncated');
      }
      value += (byte & 127) * factor;
      if (byte < 128) {
        return value;
      }
    }
  };
  const take = (length) => {
    if (position + length > message.length) {
      throw new Error('the message is truncated');
    }
    return message.subarray(position, (position += length));
  };
  while (position < message.length) {
    const tag = readVarint();
    const read = { 0: readVarint, 1: () => take(8), 2: () => take(readVarint()), 5: () => take(4) }[tag & 7];
    if (!read) {
      throw new Error(`unknown wire type ${tag & 7}`);
    }
    const number = Math.floor(tag / 8);
    fields.set(number, [...(fields.get(number) ?? []), read()]);
  }
  return fields;
}

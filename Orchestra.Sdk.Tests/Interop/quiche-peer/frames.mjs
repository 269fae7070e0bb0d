const lengthSize = 4;
export const maxMessageSize = 16 * 1024 * 1024;

export function frame(message) {
  if (message.length > maxMessageSize) {
    throw new Error('the frame is larger than 16 MiB');
  }
  const head = Buffer.alloc(lengthSize);
  head.writeUInt32BE(message.length);
  return Buffer.concat([head, message]);
}

// Reads a stream to its FIN: exactly one frame must have come.
export async function readFrame(readable) {
  const chunks = [];
  for await (const chunk of readable) {
    chunks.push(chunk);
  }
  const all = Buffer.concat(chunks);
  if (all.length < lengthSize || all.readUInt32BE() !== all.length - lengthSize) {
    throw new Error(`${all.length} bytes are not one whole frame`);
  }
  return all.subarray(lengthSize);
}

// Writes a frame and the FIN.
export async function writeFrame(writable, message) {
  const writer = writable.getWriter();
  await writer.write(frame(message));
  await writer.close();
}

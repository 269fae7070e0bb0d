import { randomFillSync, createHmac, timingSafeEqual, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StreamAborted } from './errors.mjs';

// What the library asks its users for.
export const tokenKey = randomBytes(32);
export const cryptoOperations = {
  randomBytes: async (data) => void randomFillSync(new Uint8Array(data)),
  sign: async (key, data) => {
    const tag = createHmac('sha256', Buffer.from(key)).update(Buffer.from(data)).digest();
    return tag.buffer.slice(tag.byteOffset, tag.byteOffset + tag.byteLength);
  },
  verify: async (key, data, tag) =>
    timingSafeEqual(createHmac('sha256', Buffer.from(key)).update(Buffer.from(data)).digest(), Buffer.from(tag)),
};

const idleTimeout = 5 * 60 * 1000;
const keepAlive = 15 * 1000;

// The configuration of both sides: TLS by the files of the certificates' folder.
export function configuration(folder, name, { protocol, trust = folder } = {}) {
  const file = (directory, suffix) => readFileSync(join(directory, suffix), 'utf8');
  return {
    ca: file(trust, 'ca.crt'),
    ...(name && { cert: file(folder, `${name}.crt`), key: file(folder, `${name}.key`) }),
    applicationProtos: [protocol ?? 'orchestra-plugin'],
    verifyPeer: true,
    maxIdleTimeout: idleTimeout,
    keepAliveIntervalTime: keepAlive,
    readableChunkSize: 64 * 1024,
  };
}

// Codes of stream errors, both ways: `reason` is a number where it comes from this program.
export const streamCodes = {
  reasonToCode: (_direction, reason) => (typeof reason === 'number' ? reason : 0),
  codeToReason: (direction, code) => new StreamAborted(direction, code),
};

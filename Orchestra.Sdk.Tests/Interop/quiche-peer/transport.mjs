import { createHmac, randomBytes, randomFillSync, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StreamAborted } from './errors.mjs';

// What the library asks its users for: a key for its Retry tokens, and how to sign them.
export const tokenKey = new Uint8Array(randomBytes(32)).buffer;
export const cryptoOperations = {
  randomBytes: async (data) => void randomFillSync(new Uint8Array(data)),
  sign: async (key, data) => new Uint8Array(sign(key, data)).buffer,
  verify: async (key, data, tag) => timingSafeEqual(sign(key, data), Buffer.from(tag)),
};

const sign = (key, data) => createHmac('sha256', Buffer.from(key)).update(Buffer.from(data)).digest();

const idleTimeout = 5 * 60 * 1000;
const keepAlive = 15 * 1000;

// The configuration of both sides: TLS by the files of the certificates' folder.
export function configuration(folder, name, { protocol = 'orchestra-plugin', trust = folder } = {}) {
  const file = (directory, suffix) => readFileSync(join(directory, suffix), 'utf8');
  return {
    ca: file(trust, 'ca.crt'),
    ...(name && { cert: file(folder, `${name}.crt`), key: file(folder, `${name}.key`) }),
    applicationProtos: [protocol],
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

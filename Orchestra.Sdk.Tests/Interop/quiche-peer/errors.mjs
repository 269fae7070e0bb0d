import { errors } from '@matrixai/quic';

// An error in the terms of the tests: codes are numbers, and it says which side raised it.
export function describe(error) {
  if (!error) {
    return null;
  }
  const text = [error.message, error.data?.reason && Buffer.from(error.data.reason).toString()].filter(Boolean).join(': ');
  if (error instanceof StreamAborted) {
    return { kind: 'stream', code: error.code, remote: true, text };
  }
  if (error instanceof errors.ErrorQUICConnectionIdleTimeout) {
    return { kind: 'idle', code: 0, remote: false, text };
  }
  if (error.data?.errorCode !== undefined) {
    const remote =
      error instanceof errors.ErrorQUICConnectionPeer || error instanceof errors.ErrorQUICConnectionPeerTLS;
    return { kind: error.data.isApp ? 'application' : 'transport', code: error.data.errorCode, remote, text };
  }
  // The library wraps what happened in the errors of its layers.
  return error.cause ? describe(error.cause) : { kind: 'other', code: 0, remote: false, text: `${error.name}: ${text}` };
}

// The peer reset a stream, or asked to stop sending on it.
export class StreamAborted extends Error {
  constructor(direction, code) {
    super(`the peer aborted the stream's ${direction} side with ${code}`);
    this.code = code;
  }
}

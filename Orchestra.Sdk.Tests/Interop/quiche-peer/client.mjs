import { QUICClient } from '@matrixai/quic';
import Logger, { LogLevel } from '@matrixai/logger';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe } from './errors.mjs';
import { readFrame, writeFrame } from './frames.mjs';
import { Load, cpuSeconds } from './load.mjs';
import { healthRequest, readResponse } from './messages.mjs';
import { configuration, cryptoOperations, streamCodes } from './transport.mjs';

const patience = 60_000;

// Nothing tells when there is credit for a stream again.
const creditPoll = 1;

// Plays an orchestrator. Connections are numbered from 1; commands without a number mean the one dialed last.
export class Client {
  #folder;
  #name;
  #misfits;
  #connections = [];

  // The misfits are a folder with two others in it, foreign and expired, that hold certificates which no server should take.
  constructor(folder, name, misfits) {
    this.#folder = folder;
    this.#name = name;
    this.#misfits = misfits;
  }

  commands = {
    dial: (fields) => this.#dial(fields),
    close: (fields) => this.#find(fields).client.destroy({ isApp: true, errorCode: fields.code ?? 0, force: true }),
    waitClosed: (fields) => this.#waitClosed(fields),
    calls: (fields) => new Load(fields, (request) => this.#call(this.#find(fields), request)).run(),
    abort: (fields) => this.#abort(fields),
    stats: () => ({ connections: [], cpuSeconds: cpuSeconds() }),
  };

  // `identity` is own, none, foreign or expired.
  async #dial({ address, name = this.#name, identity = 'own', protocol, probe }) {
    const certificates = identity === 'own' || identity === 'none' ? this.#folder : join(this.#misfits, identity);
    const colon = address.lastIndexOf(':');
    const client = await guarded(
      QUICClient.createQUICClient({
        host: address.slice(0, colon).replace(/^\[|\]$/g, ''),
        port: Number(address.slice(colon + 1)),
        // An address cannot be verified here; every leaf is for localhost too.
        serverName: 'localhost',
        localHost: '::',
        crypto: { ops: cryptoOperations },
        config: configuration(certificates, identity === 'none' ? undefined : name, { protocol, trust: this.#folder }),
        logger: new Logger('quiche-peer', LogLevel.SILENT),
        ...streamCodes,
      }),
    );
    const connection = { client, closed: null };
    // Errors that end the connection come as events, and would otherwise only be seen as those of streams.
    client.addEventListener('EventQUICClientError', ({ detail: error }) => (connection.closed ??= error));
    this.#connections.push(connection);
    if (probe) {
      await this.#call(connection, healthRequest('probe'));
    }
    return { connection: this.#connections.length };
  }

  #find({ connection = 0 }) {
    const found = this.#connections.at(connection - 1);
    if (!found) {
      throw new Error(`there is no connection ${connection}`);
    }
    return found;
  }

  async #waitClosed(fields) {
    const connection = this.#find(fields);
    await Promise.race([connection.client.closedP, delay(fields.seconds * 1000)]);
    return { closed: describe(connection.closed) };
  }

  async #call(connection, request) {
    try {
      const stream = await this.#open(connection);
      const [response] = await guarded(Promise.all([readFrame(stream.readable), writeFrame(stream.writable, request)]));
      return readResponse(response);
    } catch (error) {
      // The event that tells why the connection ended may follow.
      await delay(10);
      throw connection.closed ?? error;
    }
  }

  // A stream that the library refuses for want of credit is lost to it for ever: so ask quiche itself, first.
  async #open({ client: { connection } }) {
    const end = Date.now() + patience;
    while (connection.conn.peerStreamsLeftBidi() === 0) {
      if (Date.now() > end) {
        throw new Error(`no credit for a stream came in ${patience} ms`);
      }
      await delay(creditPoll);
    }
    return connection.newStream();
  }

  // Begins requests and gives each up before its end: RESET_STREAM, STOP_SENDING or both.
  async #abort({ count, how, code = 0, ...fields }) {
    const connection = this.#find(fields);
    for (let aborted = 0; aborted < count; aborted++) {
      const stream = await this.#open(connection);
      const writer = stream.writable.getWriter();
      await writer.write(Buffer.alloc(8));
      await Promise.all([
        how === 'read' ? writer.close() : writer.abort(code),
        how === 'write' ? stream.readable.pipeTo(new WritableStream()).catch(() => {}) : stream.readable.cancel(code),
      ]);
    }
    return { aborted: count };
  }
}

function guarded(promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`nothing came in ${patience} ms`)), patience);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

import { QUICServer, events } from '@matrixai/quic';
import Logger, { LogLevel } from '@matrixai/logger';
import { describe } from './errors.mjs';
import { readFrame, writeFrame } from './frames.mjs';
import { cpuSeconds } from './load.mjs';
import { answer } from './messages.mjs';
import { configuration, cryptoOperations, streamCodes, tokenKey } from './transport.mjs';

// Plays a plugin's server: gives its greeting and its one command.
export async function serve(folder, id, protocol) {
  const connections = [];
  const server = new QUICServer({
    crypto: { key: tokenKey, ops: cryptoOperations },
    config: configuration(folder, id, { protocol }),
    logger: new Logger('quiche-peer', LogLevel.SILENT),
    ...streamCodes,
  });

  const exchange = async (stream, statistics) => {
    statistics.streams++;
    try {
      await writeFrame(stream.writable, answer(await readFrame(stream.readable)));
      statistics.requests++;
    } catch {
      // The stream's fault, or its sender's: the connection goes on.
      await stream.destroy({ force: true, reason: 0 });
    }
  };
  server.addEventListener(events.EventQUICServerConnection.name, ({ detail: connection }) => {
    const statistics = { remote: `${connection.remoteHost}:${connection.remotePort}`, streams: 0, requests: 0, closed: null };
    connections.push(statistics);
    connection.addEventListener(events.EventQUICConnectionStream.name, ({ detail: stream }) => void exchange(stream, statistics));
    connection.addEventListener(events.EventQUICConnectionError.name, ({ detail: error }) => {
      statistics.closed = describe(error);
    });
  });
  await server.start({ host: '127.0.0.1', port: 0 });

  return {
    greeting: { address: `${server.host}:${server.port}` },
    stats: () => ({ connections, cpuSeconds: cpuSeconds() }),
  };
}

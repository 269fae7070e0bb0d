import { QUICServer, events } from '@matrixai/quic';
import Logger, { LogLevel } from '@matrixai/logger';
import { describe } from './errors.mjs';
import { readFrame, writeFrame } from './frames.mjs';
import { answer } from './messages.mjs';
import { configuration, cryptoOperations, streamCodes, tokenKey } from './transport.mjs';

// Plays a plugin's server: gives its address and its one command.
export async function serve(folder, id, protocol) {
  const statistics = { connections: 0, streams: 0, requests: 0, failed: 0, lastError: null };
  const server = new QUICServer({
    crypto: { key: tokenKey.buffer.slice(tokenKey.byteOffset, tokenKey.byteOffset + tokenKey.byteLength), ops: cryptoOperations },
    config: configuration(folder, id, { protocol }),
    logger: new Logger('quiche-peer', LogLevel.SILENT),
    ...streamCodes,
  });

  const exchange = async (stream) => {
    statistics.streams++;
    try {
      await writeFrame(stream.writable, answer(await readFrame(stream.readable)));
      statistics.requests++;
    } catch (error) {
      statistics.failed++;
      statistics.lastError = describe(error);
      await stream.destroy({ force: true, reason: 0 });
    }
  };
  server.addEventListener(events.EventQUICServerConnection.name, ({ detail: connection }) => {
    statistics.connections++;
    connection.addEventListener(events.EventQUICConnectionStream.name, ({ detail: stream }) => void exchange(stream));
    connection.addEventListener(events.EventQUICConnectionError.name, ({ detail: error }) => {
      statistics.lastError = describe(error);
    });
  });
  await server.start({ host: '127.0.0.1', port: 0 });

  return {
    greeting: { address: `${server.host}:${server.port}` },
    stats: () => ({ ...statistics, cpuSeconds: process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6 }),
  };
}

// The second independent peer of the plugin protocol: Cloudflare's quiche and BoringSSL, by the npm package @matrixai/quic.
//
//   node main.mjs server --certs-dir DIR [--id NAME] [--alpn NAME]
//   node main.mjs client --certs-dir DIR [--name NAME] [--misfits DIR]
//
// Both read one JSON command a line from stdin and answer each with one line on stdout, in the terms of the Go peer beside it.
// The certificates must be there. Of this library it is good to know that its server answers everybody with a Retry, that it
// resets streams which come before it has reported their connection, and that its FIN comes in a frame of its own.
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { Client } from './client.mjs';
import { describe } from './errors.mjs';
import { serve } from './server.mjs';

const { positionals, values: options } = parseArgs({
  allowPositionals: true,
  options: {
    'certs-dir': { type: 'string' },
    id: { type: 'string', default: 'quiche.peer' },
    name: { type: 'string', default: 'orchestrator-to-peer' },
    misfits: { type: 'string' },
    alpn: { type: 'string', default: 'orchestra-plugin' },
  },
});

const answer = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

const peers = {
  server: () => serve(options['certs-dir'], options.id, options.alpn),
  client: async () => new Client(options['certs-dir'], options.name, options.misfits).commands,
};
const { greeting = {}, ...commands } = await peers[positionals[0]]();
answer({ result: greeting });

for await (const line of createInterface({ input: process.stdin })) {
  try {
    const { command, ...fields } = JSON.parse(line);
    if (!(command in commands)) {
      throw new Error(`unknown command "${command}"`);
    }
    answer({ result: (await commands[command](fields)) ?? {} });
  } catch (error) {
    answer({ error: describe(error) });
  }
}

process.exit(0);

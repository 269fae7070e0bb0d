import { isDeepStrictEqual } from 'node:util';
import { describe } from './errors.mjs';
import { readStruct, struct, toolRequest } from './messages.mjs';

const stall = 5;
const alphabet = 'abcdefghijklmnopqrstuvwxyz';

// Many calls, by some callers at once; the fields and the report are those of the Go peer's command `calls`.
export class Load {
  #fields;
  #call;
  #next = 0;
  #started = performance.now();
  #latencies = [];
  #failed = 0;
  #error = null;

  constructor(fields, call) {
    this.#fields = { tool: 'echo', callers: 1, count: 0, seconds: 0, size: 0, frame: 0, ...fields };
    this.#call = call;
  }

  async run() {
    const cpu = cpuSeconds();
    await Promise.all(Array.from({ length: this.#fields.callers || 1 }, () => this.#caller()));
    const elapsed = this.#elapsed();
    const sorted = this.#latencies.sort((a, b) => a - b);
    return {
      calls: sorted.length,
      failed: this.#failed,
      error: this.#error,
      seconds: elapsed,
      callsPerSecond: sorted.length / elapsed,
      stalls: sorted.filter((latency) => latency > stall).length,
      medianSeconds: sorted[Math.floor(sorted.length / 2)] ?? 0,
      p99Seconds: sorted[Math.floor(sorted.length * 0.99)] ?? 0,
      maximumSeconds: sorted.at(-1) ?? 0,
      cpuSeconds: cpuSeconds() - cpu,
    };
  }

  #elapsed() {
    return (performance.now() - this.#started) / 1000;
  }

  // One caller: it goes on until the count or the time is over.
  async #caller() {
    const { count, seconds } = this.#fields;
    for (;;) {
      const number = ++this.#next;
      if ((count && number > count) || (seconds && this.#elapsed() >= seconds)) {
        return;
      }
      const begin = this.#elapsed();
      try {
        await this.#one(number);
      } catch (error) {
        this.#failed++;
        this.#error ??= describe(error);
      }
      this.#latencies.push(this.#elapsed() - begin);
    }
  }

  async #one(number) {
    const { given, expected } = this.#texts(number);
    const id = `call-${number}`;
    const response = await this.#call(toolRequest(id, this.#fields.tool, struct(given)));
    if (response.id !== id) {
      throw new Error(`the answer to ${id} came to ${response.id}`);
    }
    if (!response.success) {
      throw new Error(`call ${number}: ${response.errorCode}: ${response.errorMessage}`);
    }
    if (!isDeepStrictEqual(readStruct(response.result), expected)) {
      throw new Error(`call ${number} got another result than it should`);
    }
  }

  #texts(number) {
    if (this.#fields.arguments) {
      const parse = (text) => JSON.parse(text.replaceAll('{n}', number));
      return { given: parse(this.#fields.arguments), expected: parse(this.#fields.expected) };
    }
    const given = echoArguments(number, this.#fields.frame ? this.#sizeFor(number) : this.#fields.size);
    return { given, expected: given };
  }

  // Finds the text's size that makes the request as long as wanted.
  #sizeFor(number) {
    let size = this.#fields.frame;
    for (let tries = 0; tries < 4; tries++) {
      const length = toolRequest(`call-${number}`, this.#fields.tool, struct(echoArguments(number, size))).length;
      size += this.#fields.frame - length;
    }
    return size;
  }
}

function echoArguments(number, size) {
  const start = number % alphabet.length;
  return { n: number, text: alphabet.repeat(Math.floor((start + size) / alphabet.length) + 1).slice(start, start + size) };
}

// What the process has used so far.
export function cpuSeconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

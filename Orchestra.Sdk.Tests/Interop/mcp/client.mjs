// A client on one of the two TypeScript SDKs: `client.mjs 1|2 COMMAND ARGUMENTS…`. Prints what it saw as JSON.
// The first SDK validates results against their output schemas, and refuses a list with a schema that it does not take.
const [sdk, command, ...args] = process.argv.slice(2);
const { Client } = await import(sdk === "1" ? "@modelcontextprotocol/sdk/client/index.js" : "@modelcontextprotocol/client");
const { StdioClientTransport } = await import(
    sdk === "1" ? "@modelcontextprotocol/sdk/client/stdio.js" : "@modelcontextprotocol/client/stdio");

const client = new Client({ name: "orchestra-tests", version: "1.0.0" }, { capabilities: {} });
const transport = new StdioClientTransport({ command, args, env: process.env, stderr: "inherit" });
await client.connect(transport);

const call = (name, parameters, ...options) =>
    client.callTool({ name, arguments: parameters }, ...(sdk === "1" ? [undefined] : []), ...options);

const { tools } = await client.listTools();
const note = await call("create_note", { draft: { title: "Tea", text: "Buy tea.", tags: ["home"] } });
const wrong = await call("create_note", { draft: { title: "" } });
const found = await call("search_notes", { query: "tea" });
const { prompts } = await client.listPrompts();
const prompt = await client.getPrompt({ name: "summarize", arguments: { tag: "home" } });
const { resources } = await client.listResources();
const { contents } = await client.readResource({ uri: resources[0].uri });
const completed = await client.complete({
    ref: { type: "ref/prompt", name: "summarize" }, argument: { name: "detail", value: "" } });

const progress = [];
const exported = await call("export_notes", { copies: 20_000 }, { onprogress: (update) => progress.push(update) });

const stop = new AbortController();
const canceled = call("export_notes", { copies: 1_000_000 }, { signal: stop.signal }).catch((error) => `${error}`);
stop.abort("no longer wanted");

const unknown = await client.callTool({ name: "no_such_tool", arguments: {} }).catch((error) => error.code);
console.log(JSON.stringify({
    server: client.getServerVersion(), instructions: client.getInstructions(), tools: tools.map((tool) => tool.name),
    note: note.structuredContent, wrong, found: found.structuredContent, prompts, prompt, resources: resources.length, contents,
    completed: completed.completion, progress: progress.length, exported: exported.content[0].text.length,
    canceled: await canceled, unknown,
}));
await client.close();

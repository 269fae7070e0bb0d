// The official SDK's server, as its documentation has it, for `side-by-side mcp`. It needs the packages of Orchestra.Sdk.Tests/Interop/mcp.
import { createRequire } from "node:module";

const require = createRequire(new URL("../../Orchestra.Sdk.Tests/Interop/mcp/", import.meta.url));
const { McpServer } = require("@modelcontextprotocol/sdk/server/mcp.js");
const { StdioServerTransport } = require("@modelcontextprotocol/sdk/server/stdio.js");
const { z } = require("zod");

const server = new McpServer({ name: "greeter", version: "0.1.0" });
server.registerTool(
    "greet",
    { description: "Greet someone by name.", inputSchema: { name: z.string().min(1).max(80), times: z.number().int().min(1).max(10).default(1) } },
    async ({ name, times }) => ({ content: [{ type: "text", text: Array(times).fill(`Hello, ${name}!`).join(" ") }] }));
await server.connect(new StdioServerTransport());

using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestra.Sdk.Tests.Interop;

/// <summary>JSON Schema 2020-12 as ajv reads it, in its strict mode: a node process that answers a line with a line.</summary>
internal sealed class AjvValidator : IAsyncDisposable
{
    private readonly ChildProcess _node;

    private AjvValidator(ChildProcess node) => _node = node;

    private static string Folder { get; } = Path.Combine(Repository.Root, "Orchestra.Sdk.Tests", "Interop", "ajv");

    /// <summary>Starts node; without it or ajv the test is skipped, in CI it fails.</summary>
    public static AjvValidator Start()
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules", "ajv")))
        {
            MissingPeer.Report("ajv is not installed", "npm ci --prefix Orchestra.Sdk.Tests/Interop/ajv");
        }

        try
        {
            return new AjvValidator(ChildProcess.Start("node", Path.Combine(Folder, "validate.mjs")));
        }
        catch (Win32Exception)
        {
            MissingPeer.Report("node is not installed", "apt-get install nodejs npm");
            throw;
        }
    }

    /// <summary>Compiles a schema and tries values on it, all given as JSON.</summary>
    /// <returns>
    /// What is wrong: with the schema, valid values that it refuses, invalid ones that it takes. Empty when all is well.
    /// </returns>
    public async Task<IReadOnlyList<string>> CheckAsync(string schema, string[]? valid = null, string[]? invalid = null)
    {
        var question = new JsonObject
        {
            ["schema"] = JsonNode.Parse(schema),
            ["valid"] = ParseAll(valid),
            ["invalid"] = ParseAll(invalid),
        };
        return (await AskAsync(question)).Errors;
    }

    /// <summary>Tries values on a schema, all given as JSON.</summary>
    /// <returns>For each value whether the schema takes it.</returns>
    /// <exception cref="ArgumentException">The schema is no good one.</exception>
    public async Task<IReadOnlyList<bool>> TakesAsync(string schema, string[] values)
    {
        Answer answer = await AskAsync(new JsonObject { ["schema"] = JsonNode.Parse(schema), ["values"] = ParseAll(values) });
        return answer.Errors is [] ? answer.Taken : throw new ArgumentException($"{string.Join("; ", answer.Errors)}: {schema}");
    }

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    private static JsonArray ParseAll(string[]? values) => [.. (values ?? []).Select(value => JsonNode.Parse(value))];

    private async Task<Answer> AskAsync(JsonObject question)
    {
        await _node.WriteLineAsync(question.ToJsonString());
        if (await _node.ReadOutputLineAsync() is not { } answer)
        {
            throw new IOException($"node ended: {(await _node.WaitForExitAsync()).Error}");
        }

        return JsonSerializer.Deserialize<Answer>(answer, JsonSerializerOptions.Web)!;
    }

    private sealed record Answer(string[] Errors, bool[] Taken);
}

using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Tests.Generators;
using Orchestra.Sdk.Tests.Generators.Agreement;
using Orchestra.Sdk.Values;

namespace Orchestra.Sdk.Tests.Fuzzing.Surfaces;

/// <summary>
/// Arguments of tools that give back what they take, of random types: <c>{"plugin": 0, "tool": 0, "x": …}</c>. They are refused with a reason, or
/// taken.
/// </summary>
internal sealed class ArgumentSurface : FuzzSurface
{
    private const int MaxMessage = 20_000;
    private const int Collisions = 4000;

    private static readonly JsonDocumentOptions AnyDepth = new() { MaxDepth = 4 * Nesting.MaxLevels };

    private readonly IReadOnlyList<CompiledPlugin> _plugins = FuzzPlugin.Echoes;
    private readonly ToolDefinition[][] _tools;
    private readonly Dictionary<(int Plugin, int Tool), JsonObject> _schemas = [];

    public ArgumentSurface() => _tools = [.. _plugins.Select(static plugin => plugin.Tools.Tools.ToArray())];

    public override string Name => "arguments";

    public override IEnumerable<byte[]> Seeds
    {
        get
        {
            // Numbers of one hash; more levels than the JSON reader takes by itself.
            yield return Text(0, Tool("doubles"), new JsonArray([.. Enumerable.Range(0, Collisions).Select(static i => (JsonNode)OfOneHash(i))]));
            foreach (string tool in (string[])["any", "json", "node"])
            {
                foreach (int levels in (int[])[63, 64, 65, 127, 128, 129, 400])
                {
                    yield return Encoding.UTF8.GetBytes(
                        $$"""{"plugin":0,"tool":{{Tool(tool)}},"x":{{new string('[', levels)}}{{new string(']', levels)}}}""");
                }
            }

            var random = new Random(1);
            for (int plugin = 0; plugin < _plugins.Count; plugin++)
            {
                for (int tool = 0; tool < _tools[plugin].Length; tool += 4)
                {
                    yield return Random(random, plugin, tool);
                }
            }
        }
    }

    public override byte[] Mutate(byte[] input, Random random)
    {
        int plugin = random.Next(_plugins.Count);
        int tool = random.Next(_tools[plugin].Length);
        if (random.Next(3) == 0 || TryParse(input) is not { } root)
        {
            return Random(random, plugin, tool);
        }

        if (random.Next(8) == 0)
        {
            root["plugin"] = plugin;
            root["tool"] = tool;
        }

        JsonNode?[] all = [.. All(root["x"])];
        JsonNode? target = all[random.Next(all.Length)];
        JsonNode? replacement = random.Next(3) == 0 ? all[random.Next(all.Length)]?.DeepClone() : AnyLeaf(random);
        switch (target?.Parent)
        {
            case JsonArray items when random.Next(4) == 0:
                items.Remove(target);
                break;
            case JsonArray items when random.Next(3) == 0:
                for (int count = random.Next(random.Next(20) == 0 ? 200 : 4); count > 0; count--)
                {
                    items.Add(target.DeepClone());
                }

                break;
            case JsonArray items:
                items[items.IndexOf(target)] = replacement;
                break;
            case JsonObject members when target.Parent != root && random.Next(3) == 0:
                string name = target.GetPropertyName();
                members.Remove(name);
                members[random.Next(2) == 0 ? name.ToUpperInvariant() : AnyText(random)] = target;
                break;
            case JsonObject members:
                members[target.GetPropertyName()] = replacement;
                break;
            default:
                root["x"] = replacement;
                break;
        }

        return Encoding.UTF8.GetBytes(root.ToJsonString(WithDepth));
    }

    private static readonly JsonSerializerOptions WithDepth = new() { MaxDepth = 8 * Nesting.MaxLevels };

    // A number is 3 characters and 100 bytes of objects, as it comes and as it is given back.
    public override long MaxAllocated(byte[] input) => 2_000_000 + (1500L * input.Length);

    public override string Run(byte[] input)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(input, AnyDepth);
        }
        catch (JsonException)
        {
            return "no JSON";
        }

        using (document)
        {
            try
            {
                return document.RootElement.ValueKind == JsonValueKind.Object ? Run(document.RootElement) : "no object";
            }
            catch (InvalidOperationException exception) when (exception.Source == "System.Text.Json")
            {
                // A name here has half of a surrogate pair, which the document sees when it looks for another one.
                return "no text";
            }
        }
    }

    private string Run(JsonElement root)
    {
        int plugin = Number(root, "plugin") % _plugins.Count;
        int tool = Number(root, "tool") % _tools[plugin].Length;
        Struct? arguments = Arguments(root);
        if (arguments is null)
        {
            return "not to be sent";
        }

        ToolResponse answer = Call(plugin, tool, arguments);
        string name = $"{plugin} {tool}";
        if (!answer.Success)
        {
            Require(answer.ErrorCode == "invalid_arguments", $"{_tools[plugin][tool].Name} answers {answer.ErrorCode}: {answer.ErrorMessage}");
            Require(answer.ErrorMessage.Length is > 0 and < MaxMessage, "the reason is empty, or endless");
            return $"{name} {Words(answer.ErrorMessage)}";
        }

        // That a result may be given again is what RandomEchoTests are for, which know the types.
        return $"{name} taken {TypeOf(Schema(plugin, tool))}";
    }

    private ToolResponse Call(int plugin, int tool, Struct arguments)
    {
        Task<ToolResponse?> call = _plugins[plugin].CallAsync(_tools[plugin][tool].Name, arguments);
        Require(call.IsCompleted, "a tool that waits for nothing is not done at once");
        return call.GetAwaiter().GetResult()!;
    }

    private static Struct? Arguments(JsonElement root)
    {
        try
        {
            var arguments = new Struct();
            if (root.TryGetProperty("x", out JsonElement x))
            {
                arguments.Fields["x"] = JsonValues.Of(x);
            }

            return arguments;
        }
        catch (InvalidOperationException)
        {
            // It has more levels than a message may have.
            return null;
        }
    }

    private int Tool(string name) => Array.FindIndex(_tools[0], tool => tool.Name == name);

    private static int Number(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) ? Math.Abs(number % 1000) : 0;

    private JsonObject Schema(int plugin, int tool)
    {
        if (!_schemas.TryGetValue((plugin, tool), out JsonObject? schema))
        {
            schema = JsonNode.Parse(_tools[plugin][tool].InputSchema.ToString())!.AsObject();
            _schemas.Add((plugin, tool), schema);
        }

        return schema;
    }

    private static string TypeOf(JsonObject schema) => (schema["properties"]?["x"]?["type"] as JsonValue)?.ToString() ?? "any";

    private static string Words(string message) => string.Concat(message.Split(':')[^1].Where(static c => char.IsAsciiLetterLower(c) || c == ' ').Take(60));

    private byte[] Random(Random random, int plugin, int tool)
    {
        var json = new RandomJson(random, Schema(plugin, tool), hasFaults: random.Next(3) == 0);
        return Text(plugin, tool, (json.Arguments() as JsonObject)?["x"]?.DeepClone());
    }

    private static byte[] Text(int plugin, int tool, JsonNode? x) =>
        Encoding.UTF8.GetBytes(new JsonObject { ["plugin"] = plugin, ["tool"] = tool, ["x"] = x }.ToJsonString(WithDepth));

    private static JsonObject? TryParse(byte[] input)
    {
        try
        {
            // All of it: names and texts are looked at only when they are asked for.
            return JsonNode.Parse(input, documentOptions: AnyDepth) is JsonObject root
                && All(root).All(static _ => true) && root.ToJsonString(WithDepth).Length > 0
                ? root
                : null;
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException)
        {
            // No JSON, with a name that is there twice, or with a name or a text that is none.
            return null;
        }
    }

    private static IEnumerable<JsonNode?> All(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(static member => All(member.Value)).Prepend(node),
        JsonArray items => items.SelectMany(All).Prepend(node),
        _ => [node],
    };

    private static JsonNode? AnyLeaf(Random random) => random.Next(5) switch
    {
        0 => null,
        1 => random.Next(2) == 0,
        2 => AnyText(random),
        3 => RandomNumbers.Next(random),
        _ => BitConverter.Int64BitsToDouble(random.NextInt64()) is var number && double.IsFinite(number) ? number : 0.1,
    };

    private static string AnyText(Random random) => random.Next(6) switch
    {
        0 => "",
        1 => new string('a', random.Next(200)),
        2 => string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => (char)random.Next(1, 0x3000))),
        3 => char.ConvertFromUtf32(0x1f600 + random.Next(50)),
        4 => RandomNumbers.Next(random).ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => "[1,{\"a\":2}]",
    };

    // Of which all hashes are the same where they have no seed.
    private static double OfOneHash(int i)
    {
        uint high = 0x3ff00000u + (uint)i;
        return BitConverter.UInt64BitsToDouble(((ulong)high << 32) | (high ^ 0x12345678u));
    }
}

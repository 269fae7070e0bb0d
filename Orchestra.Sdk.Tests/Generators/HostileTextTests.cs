using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis.CSharp;
using Orchestra.Sdk.Describing;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Tests.Generators;

/// <summary>Whatever texts a plugin has, they end as data: in generated code, in schemas, in the manifest, in answers and in Markdown.</summary>
public sealed class HostileTextTests
{
    private static readonly string[] Texts =
    [
        "\"; } class Evil { static string x = \"", "\\", "\\\"", "{0} {1} {{2}} }}{{", "*/ } /*", "// x", "$\"{x}\"", "\"\"\"", "\"\"\"\"u8",
        "a\r\nb\rc\nd", "\u2028\u2029\u0085", "\0\u0001\u001b[31m", "\ud83d\ude00", "\uffff\ufeff\u202e", "<b>&amp;</b> ]]>", "# H\n## Tools\n| a |\n```\n- x",
        "#endif\n#pragma warning restore", new string('"', 1000) + new string('x', 100_000) + new string('\\', 1000),
    ];

    // No text at all to UTF-8: each becomes U+FFFD on the wire.
    private static readonly string[] HalfCharacters = ["a\ud800", "\udc00b", "\ude00\ud83d"];

    [TestCaseSource(nameof(Texts))]
    [TestCaseSource(nameof(HalfCharacters))]
    public async Task In_attributes_arrives_as_it_is(string text)
    {
        var literal = SymbolDisplay.FormatLiteral(text, quote: true);
        var plugin = CompiledPlugin.Load($$"""
            using System.Text.Json.Serialization;
            using System.ComponentModel;
            [Plugin("test", Version = {{literal}}, Author = {{literal}}, Description = {{literal}}, NeedsTools = [{{literal}}], NeedsEvents = [{{literal}}])]
            public partial class TestPlugin
            {
                public string? Log;

                [Tool(Description = {{literal}}, Title = {{literal}})]
                public Answer Echo(
                    [Argument(Description = {{literal}})] string given,
                    [AllowedValues({{literal}}, "b")] string allowed = {{literal}},
                    [DeniedValues({{literal}})] string denied = "a",
                    Names names = Names.Hostile) => new(given, allowed, names);

                [StreamingTool(Description = {{literal}}, ContentType = {{literal}})] public IAsyncEnumerable<int> Stream(CancellationToken token) => throw new Exception();

                [Tool(Description = "d")] public Union Many() => new Case();

                [Prompt(Description = {{literal}})] public string Ask([Argument(Description = {{literal}})] string x = {{literal}}) => x;

                [OnEvent({{SymbolDisplay.FormatLiteral("t" + text, quote: true)}}, {{SymbolDisplay.FormatLiteral("f=" + text, quote: true)}})] public void On() { }
            }

            [DisplayName({{literal}}), Description({{literal}})]
            public record Answer(string Given, [property: JsonPropertyName({{literal}})] string Allowed, Names Names);

            public enum Names { [JsonStringEnumMemberName({{literal}}), Description({{literal}})] Hostile, Other }

            [JsonPolymorphic(TypeDiscriminatorPropertyName = {{literal}}), JsonDerivedType(typeof(Case), {{literal}})]
            public abstract record Union;
            public record Case : Union;
            """);
        var sent = OnTheWire(text);
        var definition = plugin.Definition;
        using (Assert.EnterMultipleScope())
        {
            Assert.That((definition.Version, definition.Description), Is.EqualTo((text, text)));
            Assert.That((string?)JsonNode.Parse(definition.ManifestJson.ToArray())!["author"], Is.EqualTo(text).Or.EqualTo(sent));
            var manifest = PluginManifest.Parser.ParseFrom(definition.EncodedManifest.ToArray());
            Assert.That(new[] { manifest.Version, manifest.Author, manifest.Description, manifest.NeedsTools[0], manifest.NeedsEvents[0] }, Is.All.EqualTo(sent));
            Assert.That(definition.HintsOf("echo")!.Title, Is.EqualTo(text));
            Assert.That((definition.Events[0].Topic, definition.Events[0].Filters[0].Value), Is.EqualTo(("t" + text, text)));
            Assert.That(plugin.Tools.Tools.Take(2).Select(tool => tool.Description), Is.All.EqualTo(sent));
            var properties = plugin.Tools.Tools[0].InputSchema.Fields["properties"].StructValue.Fields;
            Assert.That(properties["given"].StructValue.Fields["description"].StringValue, Is.EqualTo(sent));
            Assert.That(properties["allowed"].StructValue.Fields["enum"].ListValue.Values[0].StringValue, Is.EqualTo(sent));
            Assert.That(properties["names"].StructValue.Fields["enum"].ListValue.Values[0].StringValue, Is.EqualTo(sent));
            var result = new PluginDescription(definition).ResultOf(plugin.Tools.Tools[0])!;
            Assert.That(result.Fields["title"].StringValue, Is.EqualTo(sent));
            Assert.That(result.Fields["properties"].StructValue.Fields.Keys, Does.Contain(sent));
        }

        // In process nothing is encoded.
        var answer = (await plugin.CallAsync("echo", """{"given":"x"}"""))!.Result;
        Assert.That(answer.Fields[text].StringValue, Is.EqualTo(text));
        Assert.That(answer.Fields["names"].StringValue, Is.EqualTo(text));
        Assert.That((await plugin.CallAsync("many", "{}"))!.Result.Fields[text].StringValue, Is.EqualTo(text));
        Assert.That((await plugin.PromptAsync("ask"))!.Messages[0].Content.Text, Is.EqualTo(text));
        Assert.That((await plugin.StreamAsync("stream", "{}").ContinueWith(stream => stream.Exception!.InnerException))!.Message, Is.Not.Empty);

        var refused = (await plugin.CallAsync("echo", new Google.Protobuf.WellKnownTypes.Struct
        {
            Fields =
            {
                ["given"] = Google.Protobuf.WellKnownTypes.Value.ForString(text),
                ["denied"] = Google.Protobuf.WellKnownTypes.Value.ForString(text),
            },
        }))!;
        Assert.That(refused.ErrorCode, Is.EqualTo("invalid_arguments"));
        Assert.That(refused.ErrorMessage, Does.StartWith("arguments.denied: ").And.Not.Contains("\n").And.Length.LessThan(2_000));
    }

    [TestCaseSource(nameof(Texts))]
    public void In_comments_arrives_as_words(string text)
    {
        text = string.Concat(text.Where(c => System.Xml.XmlConvert.IsXmlChar(c) || char.IsSurrogate(c)));
        var xml = new System.Xml.Linq.XText(text).ToString();
        var comment = $"/// <summary>{string.Join("\n/// ", xml.Split('\r', '\n', '\u0085', '\u2028', '\u2029'))}</summary>";
        var plugin = CompiledPlugin.Load($$"""
            {{comment}}
            [Plugin("test")]
            public partial class TestPlugin
            {
                {{comment}}
                {{comment.Replace("summary>", "returns>", StringComparison.Ordinal)}}
                {{comment.Replace("<summary>", "<param name=\"x\">", StringComparison.Ordinal).Replace("</summary>", "</param>", StringComparison.Ordinal)}}
                [Tool] public int M(bool x) => 1;
            }
            """);
        var expected = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var tool = plugin.Tools.Tools.Single();
        Assert.That(tool.Description, Is.EqualTo(expected));
        var property = tool.InputSchema.Fields["properties"].StructValue.Fields["x"].StructValue.Fields;
        Assert.That(property.TryGetValue("description", out var description) ? description.StringValue : "", Is.EqualTo(expected));
        Assert.That(plugin.Definition.Description, Is.EqualTo(expected));
    }

    [TestCaseSource(nameof(Texts))]
    public void In_a_page_of_Markdown_changes_nothing_of_its_form(string text)
    {
        var page = MarkdownDescription.Of(Describe(text)).Split('\n');
        var plain = MarkdownDescription.Of(Describe("plain")).Split('\n');
        Assert.That(page.Where(IsForm).Select(Form), Is.EqualTo(plain.Where(IsForm).Select(Form)));
        Assert.That(page.Where(line => line.StartsWith('|')).Select(line => line.Replace("\\|", "", StringComparison.Ordinal).Count(c => c == '|')), Is.All.EqualTo(4).Or.All.EqualTo(3));
        Assert.That(JsonNode.Parse(JsonDescription.Of(Describe(text))), Is.Not.Null);
    }

    private static PluginDescription Describe(string text)
    {
        var schema = new Google.Protobuf.WellKnownTypes.Struct();
        var property = new Google.Protobuf.WellKnownTypes.Struct { Fields = { ["type"] = String("string"), ["description"] = String(text), ["default"] = String(text), ["pattern"] = String(text) } };
        schema.Fields.Add("properties", Google.Protobuf.WellKnownTypes.Value.ForStruct(new Google.Protobuf.WellKnownTypes.Struct
        {
            Fields = { [text] = Google.Protobuf.WellKnownTypes.Value.ForStruct(property) },
        }));
        var built = new PluginBuilder("tools.built").Version(text).Description(text)
            .RegisterTool("now", text, schema, (_, _, _) => new(ToolResult.Text("")), new ToolHints { Title = text })
            .RegisterTool("then", text, schema, (_, _, _) => new(ToolResult.Text("")))
            .Build();
        return new PluginDescription(built.Server.Plugin);

        static Google.Protobuf.WellKnownTypes.Value String(string text) => Google.Protobuf.WellKnownTypes.Value.ForString(text);
    }

    private static bool IsForm(string line) => line.StartsWith('#') || line.StartsWith('|') || line.StartsWith('>') || line.StartsWith('=') || line.TrimStart().StartsWith("```", StringComparison.Ordinal);

    private static string Form(string line) => line[..line.TakeWhile(c => c is '#' or '|' or '>' or '=' or '`').Count()];

    private static string OnTheWire(string text) => System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));
}

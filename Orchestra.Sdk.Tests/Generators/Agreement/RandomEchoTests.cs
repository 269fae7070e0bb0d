using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Tests.Interop;

namespace Orchestra.Sdk.Tests.Generators.Agreement;

/// <summary>
/// For random types and random JSON that their schema takes, in each profile: a tool that gives back its argument gives its normal form,
/// which the schema of the result takes, and which the tool gives back again. A seed that was printed is tried again by
/// <c>AGREEMENT_SEED=seed dotnet test</c>.
/// </summary>
[Category("Process")]
public sealed class RandomEchoTests
{
    private const int Tools = 200;
    private const int ToolsOfSetting = 40;
    private const int CasesOfTool = 100;
    private const int MaxReported = 10;

    private readonly int _seed = Environment.GetEnvironmentVariable("AGREEMENT_SEED") is { } given
        ? int.Parse(given, CultureInfo.InvariantCulture)
        : Random.Shared.Next();

    private readonly List<string> _faults = [];
    private readonly Dictionary<string, int> _explained = [];

    [SetUp]
    public void Tell() => TestContext.Out.WriteLine($"seed {_seed}");

    [Test]
    public async Task What_a_schema_takes_comes_back_in_its_normal_form()
    {
        await using var ajv = AjvValidator.Start();
        var random = new Random(_seed);
        var echo = new EchoPlugin(random, Tools);
        var plugins = CompiledPlugin.LoadAll(echo.Source, [.. EchoPlugin.Profiles.Select(EchoPlugin.NameOf)]);
        Assert.That(plugins.Select(plugin => plugin.Tools.Tools.Count), Is.All.EqualTo(Tools), $"seed {_seed}: tools that are wrong are left out");
        var results = ListToolsResponse.Parser.ParseFrom(plugins[0].Definition.EncodedResults.ToArray()).Tools.ToDictionary(tool => tool.Name, tool => tool.InputSchema);
        var taken = 0;
        for (var i = 0; i < Tools; i++)
        {
            var tool = plugins[0].Tools.Tools[i];
            var schema = JsonNode.Parse(tool.InputSchema.ToString())!.AsObject();
            var json = new RandomJson(random, schema, hasFaults: false);
            string[] cases = [.. Enumerable.Range(0, CasesOfTool).Select(_ => json.Arguments()!.ToJsonString())];
            var isTaken = await ajv.TakesAsync(schema.ToJsonString(), cases);
            cases = [.. cases.Where((_, j) => isTaken[j])];
            taken += cases.Length;
            var given = new HashSet<string>();
            foreach (var text in cases)
            {
                foreach (var (profile, plugin) in EchoPlugin.Profiles.Zip(plugins))
                {
                    if (await EchoAsync(plugin, profile, echo.Types[i], tool.Name, schema, JsonNode.Parse(text)!.AsObject(), given) is { } fault)
                    {
                        Report(echo.Types[i], $"{profile}: {text}", fault, schema.ToJsonString());
                    }
                }
            }

            string[] values = [.. given];
            var isKept = await ajv.TakesAsync(results[tool.Name].ToString(), values);
            foreach (var value in values.Where((_, j) => !isKept[j]))
            {
                Report(echo.Types[i], value, "is refused by the schema of the result", results[tool.Name].ToString());
            }
        }

        foreach (var (name, count) in _explained)
        {
            await TestContext.Out.WriteLineAsync($"{count} times: {name}");
        }

        await TestContext.Out.WriteLineAsync($"{taken} of {Tools * CasesOfTool} taken by the schema");
        Assert.That(
            _faults,
            Has.Count.Zero,
            $"seed {_seed}\n{string.Join('\n', _faults.OrderBy(text => text.Length).DistinctBy(text => text.Split('\n')[0]).Take(MaxReported))}");
        Assert.That(taken, Is.GreaterThan(Tools * CasesOfTool * 9 / 10), $"seed {_seed}: what the schema refuses tells nothing");
    }

    // C# 12 is the oldest that generated code can be.
    [Test]
    public void Compiles_whatever_the_settings(
        [Values(LanguageVersion.CSharp12, LanguageVersion.CSharp13, LanguageVersion.CSharp14, LanguageVersion.Preview)] LanguageVersion version,
        [Values] NullableContextOptions nullable) =>
        SurroundingsTests.Compile(GeneratorHarness.Usings + "\n" + new EchoPlugin(new Random(_seed), ToolsOfSetting).Source, version, nullable);

    /// <summary>What is wrong with what comes back; null when nothing is.</summary>
    private async Task<string?> EchoAsync(
        CompiledPlugin plugin, SchemaProfile profile, string type, string tool, JsonObject schema, JsonObject arguments, HashSet<string> given)
    {
        var answer = (await plugin.CallAsync(tool, arguments.ToJsonString()))!;
        if (!answer.Success)
        {
            return IsExplained(schema, arguments) ? null : $"is refused: {answer.ErrorMessage}";
        }

        var result = StructJson.Of(answer.Result);
        given.Add(result.ToJsonString());
        var form = new NormalForm(schema, nullIsValue: profile == SchemaProfile.Full);
        var expected = form.Of(schema, arguments)!["x"];
        var value = EchoedValue.Of(result.DeepClone().AsObject(), expected is JsonObject || (expected is null && result.Count > 0), type);
        if (form.Difference(expected, value) is { } difference)
        {
            return $"gives {result.ToJsonString()}: {difference}";
        }

        var again = (await plugin.CallAsync(tool, new JsonObject { ["x"] = value }.ToJsonString()))!;
        return !again.Success ? $"gives {result.ToJsonString()}, which is refused: {again.ErrorMessage}"
            : !again.Result.Equals(answer.Result) ? $"gives {result.ToJsonString()}, and then {StructJson.Of(again.Result).ToJsonString()}"
            : null;
    }

    private bool IsExplained(JsonObject schema, JsonObject arguments)
    {
        // All texts are of the form that is told.
        var reasons = Difference.Of(schema, arguments, binderTakes: false).Where(difference => difference != Difference.OfForm).ToList();
        foreach (var reason in reasons)
        {
            _explained[reason.Name] = _explained.GetValueOrDefault(reason.Name) + 1;
        }

        return reasons.Count > 0;
    }

    private void Report(string type, string value, string fault, string schema) => _faults.Add($"{type}\n    {value}\n    {fault}\n    {schema}");
}

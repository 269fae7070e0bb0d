using System.Globalization;
using System.Text.Json.Nodes;
using Orchestra.Sdk.Tests.Interop;

namespace Orchestra.Sdk.Tests.Generators.Agreement;

/// <summary>
/// For random types and random JSON, the generated code takes exactly what ajv takes with the Full schema of the type, save for the
/// differences that are meant. A seed that was printed is tried again by <c>AGREEMENT_SEED=seed dotnet test</c>.
/// </summary>
[Category("Process")]
public sealed class RandomAgreementTests
{
    private const int Tools = 200;
    private const int CasesOfTool = 100;
    private const int MaxReported = 10;

    [Test]
    public async Task Code_takes_what_the_schema_takes()
    {
        var seed = Environment.GetEnvironmentVariable("AGREEMENT_SEED") is { } given
            ? int.Parse(given, CultureInfo.InvariantCulture)
            : Random.Shared.Next();
        await TestContext.Out.WriteLineAsync($"seed {seed}");
        await using var ajv = AjvValidator.Start();
        var random = new Random(seed);
        var source = new RandomPlugin(random, Tools);
        var plugin = CompiledPlugin.Load(source.Source);
        var definitions = plugin.Tools.Tools;
        Assert.That(definitions, Has.Count.EqualTo(Tools), $"seed {seed}: tools that are wrong are left out");

        var disagreements = new List<string>();
        var explained = new Dictionary<string, int>();
        var taken = 0;
        for (var i = 0; i < Tools; i++)
        {
            var schema = JsonNode.Parse(definitions[i].InputSchema.ToString())!.AsObject();
            var json = new RandomJson(random, schema);
            string[] cases = [.. Enumerable.Range(0, CasesOfTool).Select(_ => json.Arguments() as JsonObject ?? []).Select(value => value.ToJsonString())];
            var expected = await ajv.TakesAsync(schema.ToJsonString(), cases);
            for (var j = 0; j < cases.Length; j++)
            {
                var answer = (await plugin.CallAsync(definitions[i].Name, cases[j]))!;
                taken += answer.Success ? 1 : 0;
                if (answer.Success == expected[j])
                {
                    continue;
                }

                var reasons = Difference.Of(schema, JsonNode.Parse(cases[j]), answer.Success).ToList();
                foreach (var reason in reasons)
                {
                    explained[reason.Name] = explained.GetValueOrDefault(reason.Name) + 1;
                }

                if (reasons.Count == 0)
                {
                    disagreements.Add($"""
                        {source.Tools[i]}
                            {cases[j]}
                            the schema {(expected[j] ? "takes" : "refuses")} it, the code says: {(answer.Success ? "ok" : answer.ErrorMessage)}
                            {schema.ToJsonString()}
                        """);
                }
            }
        }

        foreach (var (name, count) in explained)
        {
            await TestContext.Out.WriteLineAsync($"{count} times: {name}");
        }

        const int Cases = Tools * CasesOfTool;
        await TestContext.Out.WriteLineAsync($"{taken} of {Cases} taken");
        Assert.That(
            disagreements,
            Has.Count.Zero,
            $"seed {seed}\n{string.Join('\n', disagreements.OrderBy(text => text.Length).DistinctBy(text => text.Split('\n')[0]).Take(MaxReported))}");
        Assert.That(taken, Is.InRange(Cases / 5, Cases * 4 / 5), $"seed {seed}: values that are all right, or all wrong, tell little");
    }
}

using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Orchestra.Sdk.Generators.Patterns;
using Orchestra.Sdk.Tests.Interop;

namespace Orchestra.Sdk.Tests.Generators.Patterns;

/// <summary>
/// For random expressions and texts, Node matches with the flag <c>u</c> what .NET matches. A seed that was printed is tried again by
/// <c>PATTERN_SEED=seed dotnet test</c>.
/// </summary>
[Category("Process")]
public sealed class PatternAgreementTests
{
    private const int Patterns = 1_000;
    private const int TextsOfPattern = 40;

    [Test]
    public async Task Node_matches_what_NET_matches()
    {
        var seed = Environment.GetEnvironmentVariable("PATTERN_SEED") is { } given
            ? int.Parse(given, CultureInfo.InvariantCulture)
            : Random.Shared.Next();
        await TestContext.Out.WriteLineAsync($"seed {seed}");
        await using var ajv = AjvValidator.Start();
        var patterns = new RandomPattern(new Random(seed));
        var disagreements = new List<string>();
        var (translated, matched) = (0, 0);
        for (var i = 0; i < Patterns; i++)
        {
            var pattern = patterns.Next();
            if (EcmaPattern.Of(pattern, out _) is not { } ecma)
            {
                continue;
            }

            translated++;
            string[] texts = [.. Enumerable.Range(0, TextsOfPattern).Select(_ => patterns.Text())];
            var regex = new Regex($@"\A(?:{pattern})\z", RegexOptions.CultureInvariant);
            var schema = new JsonObject { ["type"] = "string", ["pattern"] = ecma }.ToJsonString();
            var taken = await ajv.TakesAsync(schema, [.. texts.Select(text => JsonValue.Create(text).ToJsonString())]);
            for (var j = 0; j < texts.Length; j++)
            {
                var isMatch = regex.IsMatch(texts[j]);
                matched += isMatch ? 1 : 0;
                if (isMatch != taken[j])
                {
                    disagreements.Add($"{pattern}  {ecma}  {JsonValue.Create(texts[j]).ToJsonString()}: .NET {(isMatch ? "matches" : "does not")}");
                }
            }
        }

        await TestContext.Out.WriteLineAsync($"{translated} of {Patterns} translated, {matched} texts matched");
        Assert.That(disagreements, Is.Empty, $"seed {seed}\n{string.Join('\n', disagreements.OrderBy(text => text.Length).Take(10))}");
        Assert.That(translated, Is.GreaterThan(Patterns / 2), $"seed {seed}");
        Assert.That(matched, Is.GreaterThan(Patterns), $"seed {seed}: texts that match nothing tell little");
    }
}

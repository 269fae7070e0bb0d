using System.Globalization;
using System.Text.Json;

namespace Orchestra.Sdk.Tests.Interop;

/// <summary>What a plugin cost when somebody last looked, and the most that it may.</summary>
internal sealed class KeptCosts
{
    private const string Kept = "benchmarks/plugin-costs.json";

    private readonly Dictionary<string, Cost> _costs = JsonSerializer.Deserialize<Dictionary<string, Cost>>(
        File.ReadAllText(Path.Combine(Repository.Root, Kept)), JsonSerializerOptions.Web)!;

    /// <summary>Fails where something costs more than it may.</summary>
    /// <param name="name">Of the cost in the file.</param>
    /// <param name="measured">What it is now.</param>
    /// <param name="details">What it is made up of, where that is known.</param>
    public void Check(string name, double measured, string details = "")
    {
        Cost cost = _costs[name];
        string message = string.Create(
            CultureInfo.InvariantCulture, $"{name}: {measured:#,0.##}, it was {cost.Was:#,0.##} and may be {cost.Limit:#,0.##}. {details}");
        TestContext.Out.WriteLine(message);
        Assert.That(
            measured,
            Is.LessThanOrEqualTo(cost.Limit),
            $"{message} docs/performance.md says how to see what grew. If it is worth it, write it into {Kept}.");
    }

    private sealed record Cost(double Was, double Limit);
}

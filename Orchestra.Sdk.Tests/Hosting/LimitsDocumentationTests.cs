using System.Globalization;
using System.Reflection;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.Dispatch;

namespace Orchestra.Sdk.Tests.Hosting;

/// <summary>docs/guide.md has every limit with its default.</summary>
internal sealed class LimitsDocumentationTests
{
    private const int MiB = 1 << 20;

    private static readonly string Guide = File.ReadAllText(Path.Combine(Repository.Root, "docs", "guide.md"));

    private static IEnumerable<TestCaseData> Options { get; } =
    [
        .. from options in new object[] { new PluginServerOptions(), new OrchestratorClientOptions() }
           from property in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
           where property.PropertyType.IsValueType
           select new TestCaseData(property.Name, property.GetValue(options)).SetArgDisplayNames(property.Name),
    ];

    [TestCaseSource(nameof(Options))]
    public void Has_it(string name, object value) => Assert.That(Guide, Does.Contain($"\n| `{name}` | {Format(value)} |"));

    private static string Format(object value) => value switch
    {
        TimeSpan time => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds} s"),
        long bytes => $"{bytes / MiB} MiB",
        bool flag => flag ? "true" : "false",
        _ => string.Create(CultureInfo.InvariantCulture, $"{value}"),
    };
}

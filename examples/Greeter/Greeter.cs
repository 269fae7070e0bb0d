using System.ComponentModel.DataAnnotations;
using Orchestra.Sdk;

return await Plugin.RunAsync<Greeter>(args);

/// <summary>A greeting plugin.</summary>
[Plugin("tools.greet", Version = "0.1.0")]
public partial class Greeter
{
    /// <summary>Greet someone by name.</summary>
    /// <param name="name">Who to greet.</param>
    /// <param name="times">How often.</param>
    [Tool]
    public string Greet([Length(1, 80)] string name, [Range(1, 10)] int times = 1) =>
        string.Join(' ', Enumerable.Repeat($"Hello, {name}!", times));
}

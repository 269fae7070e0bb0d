#:package Orchestra.Sdk@ORCHESTRA_VERSION
using System.ComponentModel.DataAnnotations;
using Orchestra.Sdk;

return await Plugin.RunAsync<MyClassTools>(args);

/// <summary>Greets people.</summary>
[Plugin("tools.my-binary", Version = "0.1.0")]
public sealed partial class MyClassTools
{
    /// <summary>Greet someone by name.</summary>
    /// <param name="name">Who to greet.</param>
    /// <param name="times">How often.</param>
    [Tool(Title = "Greet", ReadOnly = true)]
    public string Greet([Length(1, 80)] string name, [Range(1, 10)] int times = 1) =>
        string.Join(' ', Enumerable.Repeat($"Hello, {name}!", times));
}

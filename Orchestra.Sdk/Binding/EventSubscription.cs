using System.ComponentModel;

namespace Orchestra.Sdk.Binding;

/// <summary>Which events a method of a plugin class wants. Made by generated code.</summary>
/// <param name="topic">The topic.</param>
/// <param name="filters">Fields of the payload and the strings that they must be.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class EventSubscription(string topic, params (string Field, string Value)[] filters)
{
    /// <summary>The topic.</summary>
    public string Topic { get; } = topic;

    /// <summary>Fields of the payload and the strings that they must be.</summary>
    public IReadOnlyList<(string Field, string Value)> Filters { get; } = filters;
}

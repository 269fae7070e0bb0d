namespace Orchestra.Sdk;

/// <summary>
/// Has a method of a <see cref="PluginAttribute">[Plugin]</see> class run for each event of a topic. The events of one subscription
/// come in order, one at a time. What the method throws is logged; the publisher does not see it.
/// </summary>
/// <param name="topic">The topic; it is added to the plugin's <c>needs_events</c>.</param>
/// <param name="filters">
/// Conditions such as <c>project=orchestra</c>: only events come whose payload has a string field of that name and value, for each.
/// </param>
/// <example>
/// <code>
/// using Microsoft.Extensions.Logging;
/// using Orchestra.Sdk;
///
/// [OnEvent("feature.updated", "status=done")]
/// public static void OnDone(FeatureUpdated feature, EventContext context) =&gt;
///     context.Logger.LogInformation("{Title} is done, says {Plugin}", feature.Title, context.SourcePlugin);
///
/// public sealed record FeatureUpdated(string Title);
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class OnEventAttribute(string topic, params string[] filters) : Attribute
{
    /// <summary>The topic.</summary>
    public string Topic { get; } = topic;

    /// <summary>The conditions, each <c>field=value</c>.</summary>
    public IReadOnlyList<string> Filters { get; } = filters;
}

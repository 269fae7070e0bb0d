namespace Orchestra.Sdk;

/// <summary>
/// Marks a parameter of a tool, prompt or event method that comes from the plugin's <see cref="IServiceProvider"/> and not from the
/// caller: it is in no schema. Its type is asked for at each call. A plugin that has such parameters does not start without
/// <see cref="Dispatch.PluginServerOptions.Services"/>. A nullable parameter, or one with a default value, has that where there is no
/// such service.
/// </summary>
/// <example>
/// <code>
/// using Orchestra.Sdk;
///
/// /// &lt;summary&gt;Tell the time.&lt;/summary&gt;
/// [Tool(ReadOnly = true)]
/// public static DateTimeOffset Now([FromServices] TimeProvider clock) =&gt; clock.GetLocalNow();
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class FromServicesAttribute : Attribute;

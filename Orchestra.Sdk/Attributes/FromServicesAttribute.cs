namespace Orchestra.Sdk;

/// <summary>
/// Marks a parameter of a tool, prompt or event method that comes from the plugin's <see cref="IServiceProvider"/> and not from the
/// caller: it is in no schema. Its type is asked for at each call. A plugin that has such parameters does not start without
/// <see cref="Dispatch.PluginServerOptions.Services"/>. A nullable parameter, or one with a default value, has that where there is no
/// such service.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class FromServicesAttribute : Attribute;

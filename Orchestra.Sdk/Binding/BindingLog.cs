using Microsoft.Extensions.Logging;

namespace Orchestra.Sdk.Binding;

/// <summary>What the binding logs.</summary>
internal static partial class BindingLog
{
    [LoggerMessage(70, LogLevel.Debug, "Tool {Tool} took {Form}, first seen at {Argument}. Logged once a tool.")]
    public static partial void FormTolerated(this ILogger logger, string tool, string form, string argument);
}

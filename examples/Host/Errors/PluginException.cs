namespace Orchestra.Examples.Host.Errors;

/// <summary>The plugin did not do its part: exit code 1.</summary>
internal sealed class PluginException(string message, Exception? innerException = null) : Exception(message, innerException);

namespace Orchestra.Sdk;

/// <summary>What a plugin does before its first call and after its last one. A plugin class that implements it is asked.</summary>
/// <example>
/// <code>
/// using Orchestra.Sdk;
///
/// /// &lt;summary&gt;Keeps a diary.&lt;/summary&gt;
/// [Plugin("tools.diary")]
/// public sealed partial class Diary : ILifecycleHooks
/// {
///     private StreamWriter? _file;
///
///     public ValueTask BootAsync(IReadOnlyDictionary&lt;string, string&gt; config, CancellationToken cancellationToken)
///     {
///         _file = File.AppendText(config.GetValueOrDefault("file") ?? "diary.txt");
///         return ValueTask.CompletedTask;
///     }
///
///     public ValueTask ShutdownAsync(CancellationToken cancellationToken) =&gt; _file?.DisposeAsync() ?? default;
///
///     /// &lt;summary&gt;Write a line.&lt;/summary&gt;
///     /// &lt;param name="line"&gt;The line.&lt;/param&gt;
///     [Tool]
///     public void Write(string line) =&gt; _file?.WriteLine(line);
/// }
/// </code>
/// </example>
public interface ILifecycleHooks
{
    /// <summary>Runs for the <c>boot</c> request. What it throws is the answer: the plugin is not ready, and why.</summary>
    /// <param name="config">The configuration that the orchestrator has for this plugin.</param>
    /// <param name="cancellationToken">Canceled when the orchestrator gives up.</param>
    /// <returns>A task that ends when the plugin is ready for calls.</returns>
    ValueTask BootAsync(IReadOnlyDictionary<string, string> config, CancellationToken cancellationToken);

    /// <summary>
    /// Runs once, when no call is in flight any more and before a <c>shutdown</c> request is answered; an orchestrator may kill the
    /// process right after. A plugin that was booted and is stopped by a signal runs it too.
    /// </summary>
    /// <param name="cancellationToken">Canceled when the time for the shutdown is over.</param>
    /// <returns>A task that ends when everything is saved and closed.</returns>
    ValueTask ShutdownAsync(CancellationToken cancellationToken);
}

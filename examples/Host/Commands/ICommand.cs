namespace Orchestra.Examples.Host.Commands;

/// <summary>One thing that the host can be told to do.</summary>
internal interface ICommand
{
    /// <summary>Does it.</summary>
    /// <returns>False when the plugin answered with an error.</returns>
    Task<bool> RunAsync(CancellationToken cancellationToken);
}

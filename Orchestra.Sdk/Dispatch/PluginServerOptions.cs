using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Orchestra.Sdk.Dispatch;

/// <summary>The limits of a <see cref="PluginServer"/>; what stands here suits a plugin beside its orchestrator.</summary>
public sealed record PluginServerOptions
{
    /// <summary>How many connections are served at once; further ones wait. 256 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to less than 1.</exception>
    public int MaxConnections
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 256;

    /// <summary>How long a peer may take to send a whole request before it is cut off. 30 seconds by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to zero or less.</exception>
    public TimeSpan RequestTimeout
    {
        get;
        init => field = Positive(value);
    } = TimeSpan.FromSeconds(30);

    /// <summary>How long a peer may take to accept a whole response before it is cut off. 30 seconds by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to zero or less.</exception>
    public TimeSpan ResponseTimeout
    {
        get;
        init => field = Positive(value);
    } = TimeSpan.FromSeconds(30);

    /// <summary>How long calls in flight may go on when the server stops; then they are canceled. 3 seconds by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to zero or less.</exception>
    public TimeSpan StopTimeout
    {
        get;
        init => field = Positive(value);
    } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// True to let plain TCP listen on addresses that other machines can reach. There is no encryption and no authentication
    /// on it: whoever reaches the port can call every tool.
    /// </summary>
    public bool AllowNonLoopbackTcp { get; init; }

    /// <summary>Where the server and the tools log; nowhere by default.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    internal TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    private static TimeSpan Positive(TimeSpan value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
        return value;
    }
}

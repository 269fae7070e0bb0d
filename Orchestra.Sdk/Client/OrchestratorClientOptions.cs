using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Protocol;
using Orchestra.Sdk.Values;

namespace Orchestra.Sdk.Client;

/// <summary>How an <see cref="OrchestratorClient"/> keeps its connection.</summary>
public sealed record OrchestratorClientOptions
{
    /// <summary>
    /// True, the default, to dial again when the connection is lost, until the client is disposed of. Requests in flight fail all the
    /// same, and none is ever sent twice. Over TCP each request has a connection of its own, so that there is none to lose.
    /// </summary>
    public bool Reconnect { get; init; } = true;

    /// <summary>
    /// How long a request that is made while there is no connection waits for one before it fails. 5 seconds by default; zero
    /// fails it at once, <see cref="Timeout.InfiniteTimeSpan"/> leaves it to its token.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to less than zero.</exception>
    public TimeSpan ConnectionWait
    {
        get;
        init
        {
            if (value != Timeout.InfiniteTimeSpan)
            {
                ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            }

            field = value;
        }
    } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The wait before the first attempt to connect again. Each further one waits twice as long, up to <see cref="MaxBackoff"/>, less
    /// a random part of up to a half. 100 milliseconds by default.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to zero or less.</exception>
    public TimeSpan InitialBackoff
    {
        get;
        init => field = Durations.Positive(value);
    } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest wait between two attempts to connect again. 10 seconds by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to zero or less.</exception>
    public TimeSpan MaxBackoff
    {
        get;
        init => field = Durations.Positive(value);
    } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a peer may answer nothing over QUIC, while something asks for an answer, before its connection is given up; longer where
    /// round trips are. An idle one is asked every 15 seconds. From 1 second to 5 minutes, 10 seconds by default.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to less than 1 second or more than 5 minutes.</exception>
    public TimeSpan AnswerTimeout
    {
        get;
        init => field = Durations.InRange(value, QuicSettings.LeastAnswerTimeout, QuicSettings.MostAnswerTimeout);
    } = QuicSettings.AnswerTimeout;

    /// <summary>
    /// What to register on each connection before anything else is sent; nothing by default. A client that registers names the
    /// plugin as the caller of its tool calls and the source of its events.
    /// </summary>
    public PluginManifest? Registration { get; init; }

    /// <summary>Where losses and returns of the connection are logged; nowhere by default.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    internal TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Numbers from 0 to 1 for <see cref="Backoff"/>.</summary>
    internal Func<double> Random { get; init; } = System.Random.Shared.NextDouble;
}

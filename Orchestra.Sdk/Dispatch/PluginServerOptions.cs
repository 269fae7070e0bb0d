using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestra.Sdk.Protocol;
using Orchestra.Sdk.Values;

namespace Orchestra.Sdk.Dispatch;

/// <summary>The limits of a <see cref="PluginServer"/>; what stands here suits a plugin beside its orchestrator.</summary>
/// <example>
/// <code>
/// using Orchestra.Sdk;
///
/// return await PluginBuilder.From&lt;Greeter&gt;()
///     .ServerOptions(new() { MaxConcurrentCalls = 50, ShutdownTimeout = TimeSpan.FromSeconds(2) })
///     .Build()
///     .RunAsync(args);
/// </code>
/// </example>
public sealed record PluginServerOptions
{
    /// <summary>
    /// How many connections are served at once, over QUIC by each listener. Further ones wait over TCP; over QUIC an idle one makes room
    /// for them, or they are refused. 256 by default.
    /// </summary>
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

    /// <summary>
    /// How many calls run at once: tools, streams, prompts, storage. Further ones are answered with <c>overloaded</c>; where other peers
    /// have the places, they wait for a while first. 1000 by default.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to less than 1.</exception>
    public int MaxConcurrentCalls
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 1000;

    /// <summary>
    /// How many bytes the messages may have together that are being received, answered or sent, or wait as events; beyond it a call
    /// is answered with <c>overloaded</c>. A request that was read counts with what its values take in memory, which is many times
    /// its bytes where they are small. Small messages do not count. 256 MiB by default.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to less than the 16 MiB of one message.</exception>
    public long MaxMessageBytesInFlight
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, MessageFraming.MaxMessageSize);
            field = value;
        }
    } = 16 * MessageFraming.MaxMessageSize;

    /// <summary>
    /// How many events may wait for the handler of one subscription; beyond it a <c>publish</c> is answered with <c>overloaded</c>.
    /// 1000 by default.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to less than 1.</exception>
    public int MaxQueuedEvents
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 1000;

    /// <summary>How long a peer may take to send a whole request before it is cut off. 30 seconds by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to zero or less.</exception>
    public TimeSpan RequestTimeout
    {
        get;
        init => field = Durations.Positive(value);
    } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a peer may take nothing of a response before it is cut off. One that reads slowly is waited for. 30 seconds by
    /// default.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to zero or less.</exception>
    public TimeSpan ResponseTimeout
    {
        get;
        init => field = Durations.Positive(value);
    } = TimeSpan.FromSeconds(30);

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

    /// <summary>How long calls in flight may go on when the server stops; then they are canceled. 3 seconds by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to zero or less.</exception>
    public TimeSpan StopTimeout
    {
        get;
        init => field = Durations.Positive(value);
    } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// The time for a <c>shutdown</c> request that names none, from its arrival to its answer. Calls in flight get the first part of
    /// it, the plugin's hook the rest. 5 seconds by default, as long as orchestrators wait.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to zero or less.</exception>
    public TimeSpan ShutdownTimeout
    {
        get;
        init => field = Durations.Positive(value);
    } = TimeSpan.FromSeconds(5);

    /// <summary>How long a health check may take before the plugin counts as unhealthy. 5 seconds by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to zero or less.</exception>
    public TimeSpan HealthTimeout
    {
        get;
        init => field = Durations.Positive(value);
    } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// True to let plain TCP listen on addresses that other machines can reach. There is no encryption and no authentication
    /// on it: whoever reaches the port can call every tool.
    /// </summary>
    public bool AllowNonLoopbackTcp { get; init; }

    /// <summary>
    /// True to take <c>boot</c>, <c>shutdown</c> and <c>register</c> only from peers whose certificate has a name that begins with
    /// <c>orchestrator</c>, as those have that orchestrators dial with, and from within the process. Everybody else is refused, over TCP
    /// too, where there are no certificates. False by default, as in the other SDKs: every certificate of the authority will do. To be
    /// left so by a server that is an orchestrator itself, with which plugins register.
    /// </summary>
    public bool RequireOrchestrator { get; init; }

    /// <summary>
    /// Where parameters with <see cref="FromServicesAttribute">[FromServices]</see> come from; <see langword="null"/> by default. It is
    /// asked at each call, concurrently, and not disposed of. Where it can make scopes (<c>IServiceScopeFactory</c>), each call, prompt and
    /// event has one of its own, which is disposed of with it.
    /// </summary>
    public IServiceProvider? Services { get; init; }

    /// <summary>Where the server and the tools log; nowhere by default.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    internal TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}

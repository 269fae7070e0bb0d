using System.Runtime.CompilerServices;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Examples.Host.Errors;
using Orchestra.Sdk;
using Orchestra.Sdk.Certificates;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.Messages;

namespace Orchestra.Examples.Host.Plugins;

/// <summary>The requests that an orchestrator sends, each as a method.</summary>
internal sealed class PluginConnection : IAsyncDisposable
{
    /// <summary>How long to wait for what takes no time.</summary>
    public static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(10);

    /// <summary>The same where a debugger may hold the plugin.</summary>
    public static readonly TimeSpan DebuggerLimit = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan ShutdownLimit = TimeSpan.FromSeconds(5);

    private readonly string _name;
    private readonly OrchestratorClient _client;
    private readonly TimeSpan _limit;

    private PluginConnection(string name, OrchestratorClient client, TimeSpan limit)
    {
        _name = name;
        _client = client;
        _limit = limit;
    }

    /// <param name="name">The plugin's name.</param>
    /// <param name="address">Where it listens.</param>
    /// <param name="certificates">What to show it over QUIC; null for plain TCP.</param>
    /// <param name="limit">How long to wait for its answers, but for those of its own code.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="PluginException">The plugin cannot be reached.</exception>
    public static async Task<PluginConnection> DialAsync(
        string name, string address, CertificateFolder? certificates, TimeSpan limit, CancellationToken cancellationToken)
    {
        OrchestratorClient client = await GuardAsync(
            $"{name} cannot be reached at {address}", AnswerLimit,
            token => ConnectAsync(name, address, certificates, limit, token), cancellationToken);
        return new PluginConnection(name, client, limit);
    }

    private static async Task<OrchestratorClient> ConnectAsync(
        string name, string address, CertificateFolder? certificates, TimeSpan limit, CancellationToken cancellationToken)
    {
        if (certificates is null)
        {
            return await OrchestratorClient.ConnectTcpAsync(address, cancellationToken);
        }

        PluginCertificate certificate = await certificates.EnsureCertificateAsync(name, cancellationToken);
        var options = new OrchestratorClientOptions { AnswerTimeout = limit };
        return await OrchestratorClient.ConnectAsync(address, certificate, options, cancellationToken);
    }

    /// <summary>Says that the plugin now belongs to this host. Only the id is filled; the plugin knows the rest itself.</summary>
    public async Task RegisterAsync(string id, CancellationToken cancellationToken)
    {
        PluginResponse response = await SendAsync(
            new PluginRequest { Register = new PluginManifest { Id = id } }, _limit, cancellationToken);
        if (response.Register is not { Accepted: true })
        {
            string reason = response.Register?.RejectReason ?? Unexpected(response);
            throw new PluginException($"{_name} refused the registration: {reason}");
        }
    }

    /// <summary>Lets the plugin get ready.</summary>
    public async Task BootAsync(IReadOnlyDictionary<string, string> config, CancellationToken cancellationToken)
    {
        var boot = new BootRequest();
        foreach ((string key, string value) in config)
        {
            boot.Config[key] = value;
        }

        PluginResponse response = await SendAsync(new PluginRequest { Boot = boot }, _limit, cancellationToken);
        if (response.Boot is not { Ready: true })
        {
            throw new PluginException($"{_name} is not ready: {response.Boot?.Error ?? Unexpected(response)}");
        }
    }

    public Task<IReadOnlyList<ToolDefinition>> ListToolsAsync(CancellationToken cancellationToken) =>
        GuardAsync($"{_name} did not list its tools", _limit, _client.ListToolsAsync, cancellationToken);

    public Task<IReadOnlyList<PromptDefinition>> ListPromptsAsync(CancellationToken cancellationToken) =>
        GuardAsync($"{_name} did not list its prompts", _limit, _client.ListPromptsAsync, cancellationToken);

    /// <summary>Calls a tool, for as long as it takes.</summary>
    public Task<ToolResponse> CallToolAsync(string tool, Struct arguments, CancellationToken cancellationToken) =>
        CallToolAsync(new ToolRequest { ToolName = tool, Arguments = arguments }, cancellationToken);

    /// <summary>Calls a tool, for as long as it takes.</summary>
    public async Task<ToolResponse> CallToolAsync(ToolRequest call, CancellationToken cancellationToken)
    {
        PluginResponse response = await ForwardAsync(new PluginRequest { ToolCall = call }, cancellationToken);
        return response.ToolCall ?? throw new PluginException($"{_name} did not answer the call: {Unexpected(response)}");
    }

    /// <summary>Calls a streaming tool; its chunks come as they are made, and no faster than they are taken.</summary>
    /// <exception cref="ToolException">The tool failed.</exception>
    /// <exception cref="PluginException">The plugin did.</exception>
    public async IAsyncEnumerable<StreamChunk> StreamToolAsync(
        string tool, Struct arguments, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using IAsyncEnumerator<StreamChunk> chunks =
            _client.StreamToolAsync(tool, arguments, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await NextAsync())
        {
            yield return chunks.Current;
        }

        async Task<bool> NextAsync()
        {
            try
            {
                return await chunks.MoveNextAsync();
            }
            catch (OrchestratorException exception)
            {
                throw new PluginException($"{_name} did not stream {tool} to its end: {exception.Message}", exception);
            }
        }
    }

    public Task<PromptGetResponse> GetPromptAsync(
        string prompt, IEnumerable<KeyValuePair<string, string>> arguments, CancellationToken cancellationToken) =>
        GuardAsync(
            $"{_name} did not give the prompt {prompt}", _limit,
            token => _client.GetPromptAsync(prompt, arguments, token), cancellationToken);

    /// <summary>Brings an event to the plugin.</summary>
    public Task PublishAsync(Publish message, CancellationToken cancellationToken) =>
        SendAsync(new PluginRequest { Publish = message }, _limit, cancellationToken);

    /// <summary>Sends any request, and waits for its answer as long as it takes.</summary>
    public Task<PluginResponse> ForwardAsync(PluginRequest request, CancellationToken cancellationToken) =>
        SendAsync(request, Timeout.InfiniteTimeSpan, cancellationToken);

    /// <summary>Asks the plugin to clean up. After its answer it may be killed.</summary>
    /// <returns>True when it could finish all that it was doing.</returns>
    public async Task<bool> ShutdownAsync(CancellationToken cancellationToken)
    {
        var shutdown = new ShutdownRequest { TimeoutSeconds = (int)ShutdownLimit.TotalSeconds };
        PluginResponse response = await SendAsync(new PluginRequest { Shutdown = shutdown }, ShutdownLimit, cancellationToken);
        return response.Shutdown is { Clean: true };
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    /// <summary>
    /// Whatever goes wrong between the two processes is a failure of the plugin to this host, unless it gave up itself.
    /// </summary>
    public static async Task<T> GuardAsync<T>(
        string failure, TimeSpan limit, Func<CancellationToken, Task<T>> action, CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(limit);
        try
        {
            return await action(limited.Token);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (OperationCanceledException exception) when (limited.IsCancellationRequested)
        {
            throw new PluginException($"{failure} within {limit.TotalSeconds} seconds.", exception);
        }
        catch (Exception exception)
        {
            throw new PluginException($"{failure}: {exception.Message}", exception);
        }
    }

    private Task<PluginResponse> SendAsync(PluginRequest request, TimeSpan limit, CancellationToken cancellationToken)
    {
        return GuardAsync(
            $"{_name} did not answer {request.RequestCase}", limit, token => _client.SendAsync(request, token), cancellationToken);
    }

    private static string Unexpected(PluginResponse response) =>
        response.ToolCall is { ErrorMessage.Length: > 0 } error
            ? error.ErrorMessage
            : $"its answer was of the kind {response.ResponseCase}.";
}

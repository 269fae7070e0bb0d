using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Protocol;

namespace Orchestra.Sdk.Dispatch;

/// <summary>The last response to a request: a message, an encoded constant, or none.</summary>
internal readonly struct Answer
{
    /// <summary>For a request that is only carried out.</summary>
    public static Answer None => default;

    public PluginResponse? Response { get; private init; }

    /// <summary>The response's field that <see cref="Encoded"/> is; 0 when there is none.</summary>
    public int EncodedField { get; private init; }

    public EncodedMessage Encoded { get; private init; }

    /// <summary>Whether the plugin may end once it is sent.</summary>
    public bool IsFarewell { get; private init; }

    public static implicit operator Answer(PluginResponse response) => new() { Response = response };

    public static Answer Constant(int field, EncodedMessage content) => new() { EncodedField = field, Encoded = content };

    public static Answer Farewell(PluginResponse response) => new() { Response = response, IsFarewell = true };
}

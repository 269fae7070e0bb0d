using System.Runtime.CompilerServices;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk;

/// <summary>What an answer is the answer to: what it does not say itself, and who reads a failed test wants to know.</summary>
/// <param name="Tool">The tool that was called.</param>
/// <param name="Arguments">What it was called with.</param>
/// <param name="Names">How the plugin makes its names.</param>
internal sealed record CallOrigin(string Tool, Struct? Arguments, PluginNaming Names)
{
    private static readonly ConditionalWeakTable<ToolResponse, CallOrigin> Known = [];

    /// <summary>That of an answer; null when it came from elsewhere.</summary>
    public static CallOrigin? Of(ToolResponse answer) => Known.TryGetValue(answer, out CallOrigin? origin) ? origin : null;

    public ToolResponse Remember(ToolResponse answer)
    {
        Known.AddOrUpdate(answer, this);
        return answer;
    }
}

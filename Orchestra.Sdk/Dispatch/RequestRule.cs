using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Dispatch;

/// <summary>Answers a request that was admitted. Responses before the last one it sends itself.</summary>
internal delegate ValueTask<Answer> RequestHandler(IncomingRequest request, CancellationToken cancellationToken);

/// <summary>How a request that was not admitted is told why.</summary>
internal delegate PluginResponse Refusal(PluginRequest request, ToolResponse why);

/// <summary>What is done with requests of a kind.</summary>
internal sealed record RequestRule(Admission Admission, RequestHandler Handler, Refusal Refusal);

namespace Orchestra.Sdk.Generators.Model;

/// <summary>A prompt method.</summary>
internal sealed record PromptModel(
    MethodModel Method,
    string Name,
    string Description,
    EquatableArray<ParameterModel> Parameters,
    bool IsAsync,
    PromptResult Result)
{
    /// <summary>Where the description may stand, the first place that has one before all others.</summary>
    public EquatableArray<CommentReference> Comments { get; init; }
}

internal enum PromptResult
{
    /// <summary>A string: one message of the user.</summary>
    Text,

    /// <summary>A PromptMessage.</summary>
    Message,

    /// <summary>A collection of PromptMessage.</summary>
    Messages,

    /// <summary>A PromptGetResponse.</summary>
    Response,
}

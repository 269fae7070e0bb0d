namespace Orchestra.Sdk.Generators.Model;

/// <summary>A prompt method.</summary>
internal sealed record PromptModel(
    string MethodName,
    string Name,
    string Description,
    EquatableArray<ParameterModel> Parameters,
    bool IsAsync,
    PromptResult Result);

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

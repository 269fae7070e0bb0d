using System.ComponentModel;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Binding;

/// <summary>Makes the answer of a prompt from what its method returned. Called by generated code.</summary>
/// <remarks>For generated code alone, and covered by versioning for nothing else.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PromptResult
{
    /// <summary>One message of the user.</summary>
    /// <param name="description">What the prompt is for.</param>
    /// <param name="text">The text; <see langword="null"/> is no message.</param>
    /// <returns>The answer.</returns>
    public static PromptGetResponse Of(string description, string? text) => Of(
        description,
        text is null ? null : new PromptMessage { Role = "user", Content = new ContentBlock { Type = "text", Text = text } });

    /// <summary>One message.</summary>
    /// <param name="description">What the prompt is for.</param>
    /// <param name="message">The message; <see langword="null"/> is none.</param>
    /// <returns>The answer.</returns>
    public static PromptGetResponse Of(string description, PromptMessage? message) => Of(description, message is null ? [] : [message]);

    /// <summary>Several messages.</summary>
    /// <param name="description">What the prompt is for.</param>
    /// <param name="messages">The messages; <see langword="null"/> are none.</param>
    /// <returns>The answer.</returns>
    public static PromptGetResponse Of(string description, IEnumerable<PromptMessage>? messages)
    {
        var response = new PromptGetResponse { Description = description };
        response.Messages.AddRange(messages ?? []);
        return response;
    }

    /// <summary>Makes content of which nobody said what it is a text.</summary>
    internal static PromptGetResponse WithTypes(PromptGetResponse response)
    {
        foreach (PromptMessage message in response.Messages)
        {
            if (message.Content is { Type.Length: 0 } content)
            {
                content.Type = "text";
            }
        }

        return response;
    }

    /// <summary>An answer that the prompt made itself.</summary>
    /// <param name="description">What the prompt is for, where the answer does not say it.</param>
    /// <param name="response">The answer; <see langword="null"/> has no messages.</param>
    /// <returns>The answer.</returns>
    public static PromptGetResponse Of(string description, PromptGetResponse? response)
    {
        response ??= new PromptGetResponse();
        if (response.Description.Length == 0)
        {
            response.Description = description;
        }

        return response;
    }
}

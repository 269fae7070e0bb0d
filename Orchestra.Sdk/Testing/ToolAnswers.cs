using System.Text;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Binding;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk;

/// <summary>What tests ask an answer for. They go with any test framework: what is not as expected is an exception, whose message says all.</summary>
public static class ToolAnswers
{
    private const int MostOfJson = 2000;

    /// <summary>
    /// Reads what the tool has returned: <c>answer.ReadAs&lt;Note&gt;()</c>. It may be any type that a tool may take: a record, a list, a
    /// number, a string, an enum. Members that the type does not have are passed over.
    /// </summary>
    /// <typeparam name="T">The type. The code that reads it is generated where this method is called; nothing is reflected over.</typeparam>
    /// <param name="answer">The answer.</param>
    /// <returns>The value; <see langword="null"/> where the tool has returned that.</returns>
    /// <exception cref="UnexpectedAnswerException">The tool has failed, or its result is no <typeparamref name="T"/>.</exception>
    public static T ReadAs<[ReadType] T>(this ToolResponse answer)
    {
        Struct result = answer.EnsureSuccess().Result ?? new Struct();
        PluginNaming names = CallOrigin.Of(answer)?.Names ?? default;
        T value = TypedCode.Read<T>(result, names.Arguments, names.Enums, out string? faults);
        return faults is null ? value : throw Unexpected(answer, $"{ToolOf(answer)} has not answered with a {typeof(T)}", faults);
    }

    /// <summary>Reads what the tool has returned, see <see cref="ReadAs"/>: <c>await plugin.CallToolAsync(…).ReadAsAsync&lt;Note&gt;()</c>.</summary>
    /// <typeparam name="T">The type. The code that reads it is generated where this method is called; nothing is reflected over.</typeparam>
    /// <param name="answer">The answer to come.</param>
    /// <returns>The value; <see langword="null"/> where the tool has returned that.</returns>
    /// <exception cref="UnexpectedAnswerException">The tool has failed, or its result is no <typeparamref name="T"/>.</exception>
    public static async Task<T> ReadAsAsync<[ReadType] T>(this Task<ToolResponse> answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return (await answer.ConfigureAwait(false)).ReadAs<T>();
    }

    /// <summary>Makes sure that the tool has not failed.</summary>
    /// <param name="answer">The answer.</param>
    /// <returns>The same.</returns>
    /// <exception cref="UnexpectedAnswerException">It has. The message has the error's code and each of its faults.</exception>
    public static ToolResponse EnsureSuccess(this ToolResponse answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return answer.Success ? answer : throw Unexpected(answer, $"{ToolOf(answer)} has failed: {answer.ErrorCode}", answer.ErrorMessage);
    }

    /// <summary>Makes sure that the tool has failed as it should.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="code">The error's code, such as <c>invalid_arguments</c>.</param>
    /// <returns>The same.</returns>
    /// <exception cref="UnexpectedAnswerException">It has not failed, or with another code.</exception>
    public static ToolResponse EnsureError(this ToolResponse answer, string code)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return answer.Success ? throw Unexpected(answer, $"{ToolOf(answer)} has not failed, but should have: {code}", faults: "")
            : answer.ErrorCode == code ? answer
            : throw Unexpected(answer, $"{ToolOf(answer)} has failed with {answer.ErrorCode}, not with {code}", answer.ErrorMessage);
    }

    /// <summary>Lists what is wrong with the arguments, a line a fault as the caller is told: <c>arguments.title: required, but not given</c>.</summary>
    /// <param name="answer">The answer.</param>
    /// <returns>The lines of the error's message; none where the tool has not failed.</returns>
    public static IReadOnlyList<string> Faults(this ToolResponse answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return answer.Success ? [] : answer.ErrorMessage.Split('\n');
    }

    private static string ToolOf(ToolResponse answer) => CallOrigin.Of(answer) is { } origin ? $"tool \"{origin.Tool}\"" : "the tool";

    private static UnexpectedAnswerException Unexpected(ToolResponse answer, string headline, string faults)
    {
        var message = new StringBuilder(headline);
        foreach (string fault in faults.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            message.Append("\n  ").Append(fault);
        }

        if (CallOrigin.Of(answer) is { } origin)
        {
            message.Append("\ncalled with ").Append(Shortened(origin.Arguments));
        }

        if (answer.Success)
        {
            message.Append("\nanswered ").Append(Shortened(answer.Result));
        }

        return new UnexpectedAnswerException(message.ToString(), answer.ErrorCode);
    }

    private static string Shortened(Struct? value)
    {
        string json = value?.ToString() ?? "{ }";
        return json.Length > MostOfJson ? $"{json.AsSpan(0, MostOfJson)}…" : json;
    }
}

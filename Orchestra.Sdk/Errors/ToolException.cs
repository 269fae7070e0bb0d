namespace Orchestra.Sdk;

/// <summary>Thrown by a tool to answer with an error of its own code.</summary>
/// <param name="code">A stable code that the caller can act on, such as <c>note_not_found</c>.</param>
/// <param name="message">What went wrong and what to do, for people and models.</param>
/// <param name="innerException">The cause. It is logged and never sent.</param>
/// <example>
/// <code>
/// using Orchestra.Sdk;
///
/// /// &lt;summary&gt;Divide.&lt;/summary&gt;
/// /// &lt;param name="dividend"&gt;What is divided.&lt;/param&gt;
/// /// &lt;param name="divisor"&gt;By what.&lt;/param&gt;
/// [Tool(ReadOnly = true)]
/// public static decimal Divide(decimal dividend, decimal divisor) =&gt; divisor != 0
///     ? dividend / divisor
///     : throw new ToolException("division_by_zero", "The divisor is 0: give another one.");
/// </code>
/// </example>
public sealed class ToolException(string code, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>The code that the caller gets as <c>error_code</c>.</summary>
    public string Code { get; } = code;
}

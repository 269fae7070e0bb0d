namespace Orchestra.Sdk;

/// <summary>The error codes that the server itself answers with.</summary>
internal static class ErrorCodes
{
    public const string ToolNotFound = "tool_not_found";
    public const string PromptNotFound = "prompt_not_found";
    public const string InvalidArguments = "invalid_arguments";
    public const string HandlerError = "handler_error";
    public const string Cancelled = "cancelled";
    public const string ResultTooLarge = "result_too_large";
    public const string InvalidRequest = "invalid_request";
    public const string ShuttingDown = "shutting_down";
    public const string Overloaded = "overloaded";
    public const string UnknownRequest = "unknown_request";
}

using System.Reflection;

namespace Orchestra.Sdk.Dispatch;

/// <summary>Why something failed, in the words of what failed first: those of its wrappings tell a reader nothing.</summary>
internal static class InnermostReason
{
    public static string Of(Exception exception)
    {
        Exception reason = exception;
        while (reason is TargetInvocationException or TypeInitializationException or AggregateException { InnerExceptions.Count: 1 }
            && reason.InnerException is { } inner)
        {
            reason = inner;
        }

        return reason.Message;
    }
}

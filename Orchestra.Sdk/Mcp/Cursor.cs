using Orchestra.Sdk.Dispatch;

namespace Orchestra.Sdk.Mcp;

/// <summary>Where a list is to go on.</summary>
internal static class Cursor
{
    /// <summary>The cursor of a request; null where it begins at the beginning.</summary>
    /// <exception cref="JsonRpcException">It is no string.</exception>
    public static string? Of(McpRequest request)
    {
        var members = new ParamsReader(request.Params);
        while (members.Next())
        {
            if (members.IsNamed("cursor"u8))
            {
                return members.Text() ?? throw JsonRpcException.InvalidParams("\"cursor\" must be a string");
            }
        }

        return null;
    }

    /// <summary>For a list that is always told whole.</summary>
    /// <exception cref="JsonRpcException">There is one.</exception>
    public static void RefuseAny(McpRequest request)
    {
        if (Of(request) is { } cursor)
        {
            throw Unknown(cursor);
        }
    }

    public static JsonRpcException Unknown(string cursor) => JsonRpcException.InvalidParams(
        $"there is no cursor {QuotedName.Of(cursor)}: a list begins without one and goes on with its \"nextCursor\"");
}

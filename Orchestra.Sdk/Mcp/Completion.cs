namespace Orchestra.Sdk.Mcp;

/// <summary>What is to be completed.</summary>
/// <param name="Type">What has the argument: <c>ref/prompt</c> or <c>ref/resource</c>.</param>
/// <param name="Name">The name of a prompt.</param>
/// <param name="Argument">The argument.</param>
/// <param name="Value">What is typed so far.</param>
internal readonly record struct Completion(string Type, string Name, string Argument, string Value)
{
    /// <exception cref="JsonRpcException">Something is missing.</exception>
    public static Completion Read(ReadOnlySpan<byte> parameters)
    {
        (string? type, string? name, string? argument, string? value) = (null, null, null, null);
        var members = new ParamsReader(parameters);
        while (members.Next())
        {
            if (members.IsNamed("ref"u8))
            {
                (type, name) = Texts(members.Part(parameters), "type"u8, "name"u8);
            }
            else if (members.IsNamed("argument"u8))
            {
                (argument, value) = Texts(members.Part(parameters), "name"u8, "value"u8);
            }
        }

        return (type, argument, value) is ("ref/prompt" or "ref/resource", not null, not null) && (name is not null || type == "ref/resource")
            ? new Completion(type, name ?? "", argument, value)
            : throw JsonRpcException.InvalidParams(
                "\"ref\" must have the \"type\" ref/prompt and a \"name\", \"argument\" a \"name\" and a \"value\"");
    }

    private static (string? One, string? Other) Texts(ReadOnlySpan<byte> json, ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        (string? first, string? second) = (null, null);
        var members = new ParamsReader(json);
        while (members.Next())
        {
            if (members.IsNamed(one))
            {
                first = members.Text();
            }
            else if (members.IsNamed(other))
            {
                second = members.Text();
            }
        }

        return (first, second);
    }
}

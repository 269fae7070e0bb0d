namespace Orchestra.Sdk.Mcp;

/// <summary>What is to be completed.</summary>
/// <param name="name">The name of a prompt; null where it is no prompt that has the argument.</param>
/// <param name="argument">The argument.</param>
/// <param name="value">What is typed so far.</param>
internal sealed class Completion(string? name, string argument, string value)
{
    public string? Name => name;

    public string Argument => argument;

    public string Value => value;

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

        if (argument is not null && value is not null && (type == "ref/resource" || (type == "ref/prompt" && name is not null)))
        {
            return new Completion(type == "ref/prompt" ? name : null, argument, value);
        }

        throw JsonRpcException.InvalidParams(
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

using System.Text;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;

namespace Orchestra.Examples.MarkdownStorage;

/// <summary>
/// The block between two lines of <c>---</c> at a file's beginning: a line for each field, whose value is JSON, which is YAML too. Of what
/// people write themselves, plain words and lists with dashes are read as well.
/// </summary>
internal static class FrontMatter
{
    private const string Fence = "---";

    public static string Format(Struct? metadata, string body)
    {
        if (metadata is null || metadata.Fields.Count == 0)
        {
            return body;
        }

        var text = new StringBuilder($"{Fence}\n");
        foreach ((string name, Value value) in metadata.Fields.OrderBy(field => field.Key, StringComparer.Ordinal))
        {
            text.Append(name).Append(": ").Append(value).Append('\n');
        }

        return text.Append(Fence).Append("\n\n").Append(body).ToString();
    }

    /// <returns>Without metadata where the file has no such block.</returns>
    public static (Struct? Metadata, string Body) Parse(string text)
    {
        string[] lines = text.Split('\n');
        int end = Array.FindIndex(lines, 1, line => line.TrimEnd('\r') == Fence);
        if (lines[0].TrimEnd('\r') != Fence || end < 0)
        {
            return (null, text);
        }

        var metadata = new Struct();
        string name = "";
        foreach (string line in lines[1..end].Select(line => line.Trim()))
        {
            if (line.StartsWith("- ", StringComparison.Ordinal) && name.Length > 0)
            {
                ItemsOf(metadata, name).Add(ValueOf(line[2..]));
            }
            else if (line.IndexOf(':', StringComparison.Ordinal) is > 0 and int colon)
            {
                name = line[..colon];
                metadata.Fields[name] = ValueOf(line[(colon + 1)..].Trim());
            }
        }

        string body = string.Join('\n', lines[(end + 1)..]);
        return (metadata, body.StartsWith('\n') ? body[1..] : body);
    }

    private static RepeatedField<Value> ItemsOf(Struct metadata, string name)
    {
        if (metadata.Fields[name].KindCase != Value.KindOneofCase.ListValue)
        {
            metadata.Fields[name] = Value.ForList();
        }

        return metadata.Fields[name].ListValue.Values;
    }

    private static Value ValueOf(string text)
    {
        try
        {
            return Value.Parser.ParseJson(text);
        }
        catch (IOException)
        {
            return Value.ForString(text.Trim('\'', '"'));
        }
    }
}

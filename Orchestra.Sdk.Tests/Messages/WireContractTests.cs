using Google.Protobuf.Reflection;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Tests.Messages;

/// <summary>Names and numbers are the contract with every other SDK.</summary>
public sealed class WireContractTests
{
    [Test]
    public void No_name_and_no_number_changes() =>
        Snapshot.Match(string.Concat(PluginReflection.Descriptor.MessageTypes.SelectMany(Describe)));

    private static IEnumerable<string> Describe(MessageDescriptor message)
    {
        if (message.GetOptions()?.MapEntry == true)
        {
            yield break;
        }

        yield return $"{message.FullName}\n";
        foreach (var field in message.Fields.InDeclarationOrder())
        {
            yield return $"  {field.FieldNumber} {field.Name} {Type(field)}\n";
        }

        foreach (var value in message.EnumTypes.SelectMany(type => type.Values))
        {
            yield return $"  {value.EnumDescriptor.Name} {value.Number} {value.Name}\n";
        }
    }

    private static string Type(FieldDescriptor field)
    {
        var type = field.FieldType switch
        {
            FieldType.Message when field.IsMap => "map<string, string>",
            FieldType.Message => field.MessageType.FullName,
            FieldType.Enum => field.EnumType.FullName,
            var scalar => scalar.ToString().ToLowerInvariant(),
        };
        return $"{(field is { IsRepeated: true, IsMap: false } ? "repeated " : "")}{type}{(field.RealContainingOneof is { } oneof ? $" ({oneof.Name})" : "")}";
    }
}

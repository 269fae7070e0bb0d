using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Orchestra.Sdk.Tests.Fuzzing;

/// <summary>Makes up messages of a type, whose fields have values that mean something here and there.</summary>
internal static class RandomMessage
{
    private const int MaxDepth = 5;

    private static readonly string[] Texts =
        ["", "a", "any", "text", "fails", "stream", "ask", "topic", "kind", "about", "x", "n", "id-1", "s1", "7", "orchestrator", "tools.fuzz", "\u001b[2J", "\ud83d\ude00"];

    public static IMessage Make(MessageDescriptor type, Random random, int depth = 0)
    {
        IMessage message = type.Parser.ParseFrom(ByteString.Empty);
        if (message is Value value)
        {
            Fill(value, random, depth);
            return message;
        }

        foreach (FieldDescriptor field in type.Fields.InDeclarationOrder())
        {
            if (random.Next(field.RealContainingOneof is null ? 2 : 6) != 0 || (depth > MaxDepth && field.FieldType == FieldType.Message))
            {
                continue;
            }

            if (field.IsMap)
            {
                var map = (System.Collections.IDictionary)field.Accessor.GetValue(message);
                FieldDescriptor item = field.MessageType.FindFieldByNumber(2);
                map[Texts[random.Next(Texts.Length)]] = Value(item, random, depth);
            }
            else if (field.IsRepeated)
            {
                var list = (System.Collections.IList)field.Accessor.GetValue(message);
                for (int count = random.Next(3); count > 0; count--)
                {
                    list.Add(Value(field, random, depth));
                }
            }
            else
            {
                field.Accessor.SetValue(message, Value(field, random, depth));
            }
        }

        return message;
    }

    private static object Value(FieldDescriptor field, Random random, int depth) => field.FieldType switch
    {
        FieldType.Message => Make(field.MessageType, random, depth + 1),
        FieldType.String => Texts[random.Next(Texts.Length)],
        FieldType.Bytes => ByteString.CopyFrom(ByteMutations.Bytes(random, random.Next(20))),
        FieldType.Bool => random.Next(2) == 0,
        FieldType.Int64 => RandomNumbers.Next(random),
        FieldType.Int32 => (int)RandomNumbers.Next(random),
        FieldType.Double => random.NextDouble(),
        FieldType.Enum => random.Next(4),
        _ => throw new NotSupportedException($"{field.FullName} is a {field.FieldType}"),
    };

    private static void Fill(Value value, Random random, int depth)
    {
        switch (random.Next(depth > MaxDepth ? 4 : 6))
        {
            case 0:
                value.NullValue = NullValue.NullValue;
                break;
            case 1:
                value.NumberValue = random.Next(3) == 0 ? double.NaN : RandomNumbers.Next(random);
                break;
            case 2:
                value.StringValue = Texts[random.Next(Texts.Length)];
                break;
            case 3:
                value.BoolValue = true;
                break;
            case 4:
                value.StructValue = (Struct)Make(Struct.Descriptor, random, depth + 1);
                break;
            default:
                value.ListValue = (ListValue)Make(ListValue.Descriptor, random, depth + 1);
                break;
        }
    }
}

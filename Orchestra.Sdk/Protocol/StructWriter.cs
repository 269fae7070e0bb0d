using System.Buffers.Binary;
using System.Text;
using Google.Protobuf.WellKnownTypes;

namespace Orchestra.Sdk.Protocol;

/// <summary>Writes protobuf, with the lengths that were found before.</summary>
internal ref struct StructWriter(Span<byte> buffer, StructSizes sizes)
{
    private const int Fixed64 = 1;

    private readonly Span<byte> _buffer = buffer;
    private int _at;

    /// <summary>Writes a field with a struct, whose lengths come next.</summary>
    public void Write(int field, Struct value)
    {
        Begin(field, sizes.Next());
        foreach ((string name, Value member) in value.Fields)
        {
            Begin(Struct.FieldsFieldNumber, sizes.Next());

            // An entry has its key as field 1 and its value as field 2.
            WriteUnlessEmpty(1, name);
            Write(2, member);
        }
    }

    /// <summary>Writes the head of a field whose content follows.</summary>
    public void Begin(int field, int length)
    {
        WriteVarint(((uint)field << 3) | MessageWriter.LengthDelimited);
        WriteVarint((uint)length);
    }

    /// <summary>Writes a field with a number that is not negative.</summary>
    public void WriteVarint(int field, uint value)
    {
        WriteVarint((uint)field << 3);
        WriteVarint(value);
    }

    /// <summary>Writes a field with a text; where it is empty, nothing.</summary>
    public void WriteUnlessEmpty(int field, string text)
    {
        if (text.Length > 0)
        {
            Write(field, text);
        }
    }

    private void Write(int field, string text)
    {
        int length = sizes.Next();
        Begin(field, length);
        _at += Encoding.UTF8.GetBytes(text, _buffer.Slice(_at, length));
    }

    private void Write(int field, Value value)
    {
        Begin(field, sizes.Next());
        switch (value.KindCase)
        {
            case Value.KindOneofCase.NullValue:
                WriteVarint(Value.NullValueFieldNumber, (uint)NullValue.NullValue);
                break;
            case Value.KindOneofCase.NumberValue:
                WriteVarint((Value.NumberValueFieldNumber << 3) | Fixed64);
                BinaryPrimitives.WriteDoubleLittleEndian(_buffer[_at..], value.NumberValue);
                _at += sizeof(double);
                break;
            case Value.KindOneofCase.StringValue:
                Write(Value.StringValueFieldNumber, value.StringValue);
                break;
            case Value.KindOneofCase.BoolValue:
                WriteVarint(Value.BoolValueFieldNumber, value.BoolValue ? 1u : 0);
                break;
            case Value.KindOneofCase.StructValue:
                Write(Value.StructValueFieldNumber, value.StructValue);
                break;
            case Value.KindOneofCase.ListValue:
                Begin(Value.ListValueFieldNumber, sizes.Next());
                for (int i = 0; i < value.ListValue.Values.Count; i++)
                {
                    Write(ListValue.ValuesFieldNumber, value.ListValue.Values[i]);
                }

                break;
            default:
                // Nothing is set.
                break;
        }
    }

    private void WriteVarint(uint value) => _at += MessageWriter.WriteVarint(_buffer[_at..], value);
}

using System.Formats.Asn1;

namespace Orchestra.Sdk.Tests.Fuzzing;

/// <summary>A value in DER and those within it, which can be changed without spoiling the lengths around it.</summary>
internal sealed class DerTree
{
    private const int Constructed = 0x20;
    private const int MaxDepth = 20;

    private byte[] _tag;
    private byte[] _content;
    private List<DerTree>? _children;

    private DerTree(byte[] tag, byte[] content, int depth)
    {
        _tag = tag;
        _content = content;
        _children = (tag[0] & Constructed) != 0 && depth < MaxDepth ? TryReadAll(content, depth + 1) : null;
    }

    /// <summary>Null where it is no such value.</summary>
    public static DerTree? Read(ReadOnlySpan<byte> encoded) => TryReadAll(encoded, depth: 0) is [var tree] ? tree : null;

    /// <summary>This and all within it.</summary>
    public IEnumerable<DerTree> All => (_children ?? []).SelectMany(static child => child.All).Prepend(this);

    public byte[] Encode() => Encode(_tag, _children is null ? _content : [.. _children.SelectMany(static child => child.Encode())]);

    /// <summary>A value of a tag and a content.</summary>
    public static byte[] Encode(byte[] tag, byte[] content) => content.Length switch
    {
        < 128 => [.. tag, (byte)content.Length, .. content],
        < 256 => [.. tag, 0x81, (byte)content.Length, .. content],
        _ => [.. tag, 0x82, (byte)(content.Length >> 8), (byte)content.Length, .. content],
    };

    /// <summary>The value within, by its place.</summary>
    public DerTree Child(int index) => _children![index];

    /// <summary>Changes one of the values within.</summary>
    /// <param name="which">Which one.</param>
    /// <param name="how">What is done with it.</param>
    /// <param name="data">What it gets.</param>
    public void Change(int which, int how, byte[] data)
    {
        DerTree[] all = [.. All];
        DerTree node = all[which % all.Length];
        switch (how % 6)
        {
            case 0:
                node.Set(node._tag, data);
                break;
            case 1:
                node.Set(data.Length == 0 ? node._tag : [(byte)(data[0] & 0xdf | (node._tag[0] & Constructed))], node._content);
                break;
            case 2 when node._children is { Count: > 0 } children:
                children.RemoveAt(data.Length == 0 ? 0 : data[0] % children.Count);
                break;
            case 3 when node._children is { Count: > 0 } children:
                children.Add(children[data.Length == 0 ? 0 : data[0] % children.Count]);
                break;
            case 4 when node._children is { Count: > 1 } children:
                children.Reverse();
                break;
            default:
                byte[] content = [.. node._content];
                for (int i = 0; i < data.Length && i < content.Length; i++)
                {
                    content[i] ^= data[i];
                }

                node.Set(node._tag, content);
                break;
        }
    }

    private void Set(byte[] tag, byte[] content)
    {
        _tag = tag;
        _content = content;
        _children = null;
    }

    private static List<DerTree>? TryReadAll(ReadOnlySpan<byte> bytes, int depth)
    {
        var all = new List<DerTree>();
        while (!bytes.IsEmpty)
        {
            if (!AsnDecoder.TryReadEncodedValue(bytes, AsnEncodingRules.DER, out Asn1Tag tag, out int offset, out int length, out int consumed))
            {
                return null;
            }

            int tagLength = tag.CalculateEncodedSize();
            all.Add(new DerTree(bytes[..tagLength].ToArray(), bytes.Slice(offset, length).ToArray(), depth));
            bytes = bytes[consumed..];
        }

        return all;
    }
}

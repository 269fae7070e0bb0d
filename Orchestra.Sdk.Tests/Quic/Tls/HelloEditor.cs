using System.Buffers.Binary;

namespace Orchestra.Sdk.Tests.Quic.Tls;

/// <summary>Takes hellos and EncryptedExtensions apart and puts them together again, as a peer that breaks rules would.</summary>
internal sealed class HelloEditor
{
    private readonly byte _type;
    private readonly byte[] _before;

    private HelloEditor(byte type, byte[] before, byte[] extensions)
    {
        _type = type;
        _before = before;
        for (var rest = extensions.AsSpan(); !rest.IsEmpty;)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
            Extensions.Add(BinaryPrimitives.ReadUInt16BigEndian(rest), rest.Slice(4, length).ToArray());
            rest = rest[(4 + length)..];
        }
    }

    public const int ServerName = 0;
    public const int SupportedGroups = 10;
    public const int SignatureAlgorithms = 13;
    public const int Alpn = 16;
    public const int SupportedVersions = 43;
    public const int KeyShare = 51;
    public const int TransportParameters = 0x39;

    public Dictionary<int, byte[]> Extensions { get; } = [];

    public byte[] SessionId { get; set; } = [];

    public static byte[] EditClientHello(byte[] message, Action<HelloEditor> edit)
    {
        // Header, version, random, empty session id; then suites and compression methods.
        var suites = BinaryPrimitives.ReadUInt16BigEndian(message.AsSpan(39));
        var extensions = 39 + 2 + suites + 2 + 2;
        var editor = new HelloEditor(message[0], message[4..extensions], message[extensions..]);
        edit(editor);
        return editor.Encode();
    }

    public static byte[] EditEncryptedExtensions(byte[] message, Action<HelloEditor> edit)
    {
        var editor = new HelloEditor(message[0], message[4..6], message[6..]);
        edit(editor);
        return editor.Encode();
    }

    /// <summary>A message of a type and content.</summary>
    public static byte[] Message(byte type, params byte[] content) =>
        [type, (byte)(content.Length >> 16), (byte)(content.Length >> 8), (byte)content.Length, .. content];

    private byte[] Encode()
    {
        var extensions = new List<byte>();
        foreach (var (type, content) in Extensions)
        {
            extensions.AddRange([(byte)(type >> 8), (byte)type, (byte)(content.Length >> 8), (byte)content.Length, .. content]);
        }

        var before = _before.ToList();
        if (SessionId.Length > 0)
        {
            before[34] = (byte)SessionId.Length;
            before.InsertRange(35, SessionId);
        }

        before[^2] = (byte)(extensions.Count >> 8);
        before[^1] = (byte)extensions.Count;
        return Message(_type, [.. before, .. extensions]);
    }
}

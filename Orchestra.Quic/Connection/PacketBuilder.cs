using Orchestra.Quic.Protection;
using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Connection;

/// <summary>Writes one packet into a datagram: its header, then what the caller writes, then what protects it.</summary>
internal ref struct PacketBuilder
{
    // Header protection samples from the fourth byte after the number's beginning.
    private const int MinNumberAndPayload = 4;

    /// <summary>Takes the frames. A field and not a property: it is a struct that changes.</summary>
    public SpanWriter Writer;

    private readonly int _start;
    private readonly long _number;
    private readonly int _numberLength;
    private int _numberOffset;
    private int _lengthOffset;
    private int _payloadStart;

    private PacketBuilder(Span<byte> datagram, int start, long number, long largestAcknowledged)
    {
        int end = Math.Max(start, datagram.Length - PacketKeys.TagLength);
        Writer = new SpanWriter(datagram[start..end]);
        _start = start;
        _number = number;
        _numberLength = PacketNumber.LengthFor(number, largestAcknowledged);
    }

    /// <summary>Whether there is any frame.</summary>
    public readonly bool HasPayload => Writer.Position > _payloadStart;

    /// <summary>Begins an Initial or Handshake packet.</summary>
    /// <param name="datagram">The datagram, as far as it may reach.</param>
    /// <param name="start">Where the packet begins.</param>
    /// <param name="header">What its header says.</param>
    /// <param name="number">Its number.</param>
    /// <param name="largestAcknowledged">The largest number that the peer has, which tells how much of the number it needs.</param>
    /// <param name="builder">Takes the frames.</param>
    /// <returns>Whether there is room for it.</returns>
    public static bool TryBegin(
        Span<byte> datagram, int start, scoped in LongHeader header, long number, long largestAcknowledged, out PacketBuilder builder)
    {
        builder = new PacketBuilder(datagram, start, number, largestAcknowledged);
        bool isWritten = PacketWriter.TryWriteLongHeader(
            ref builder.Writer,
            header.Type,
            header.Destination,
            header.Source,
            header.Token,
            number,
            builder._numberLength,
            out builder._lengthOffset,
            out builder._numberOffset);
        builder._payloadStart = builder.Writer.Position;
        return isWritten;
    }

    /// <summary>Begins a 1-RTT packet, as above.</summary>
    public static bool TryBegin(
        Span<byte> datagram, int start, scoped in ShortHeader header, long number, long largestAcknowledged, out PacketBuilder builder)
    {
        builder = new PacketBuilder(datagram, start, number, largestAcknowledged);
        bool isWritten = PacketWriter.TryWriteShortHeader(
            ref builder.Writer, header.Destination, header.Phase, number, builder._numberLength, out builder._numberOffset);
        builder._payloadStart = builder.Writer.Position;
        return isWritten;
    }

    /// <summary>Ends the packet: all but its protection is there.</summary>
    /// <returns>Whether there is room for all of it.</returns>
    public bool TryEnd(out UnsealedPacket packet)
    {
        packet = default;
        int missing = MinNumberAndPayload - _numberLength - (Writer.Position - _payloadStart);
        if (missing > Writer.Remaining)
        {
            return false;
        }

        if (missing > 0)
        {
            FrameWriter.WritePadding(ref Writer, missing);
        }

        packet = new UnsealedPacket
        {
            Number = _number,
            Start = _start,
            LengthOffset = _lengthOffset == 0 ? 0 : _start + _lengthOffset,
            NumberOffset = _start + _numberOffset,
            PayloadStart = _start + _payloadStart,
            PayloadEnd = _start + Writer.Position,
        };
        return true;
    }
}

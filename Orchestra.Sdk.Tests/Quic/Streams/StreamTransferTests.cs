using CsCheck;
using Orchestra.Quic.Recovery;
using Orchestra.Quic.Streams;
using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Streams;

/// <summary>From one <see cref="StreamSet"/> to another, in packets of any size, of which any may be lost.</summary>
internal sealed class StreamTransferTests
{
    private const int Streams = 3;

    [Test]
    public void Brings_every_stream_whole_and_in_order()
    {
        Gen<int[]> lengths = Gen.Int[0, 3000].Array[Streams];
        Gen<(int Room, bool IsLost)[]> packets = Gen.Select(Gen.Int[30, 1200], Gen.Bool).Array[1, 50];
        Gen.Select(lengths, packets).Sample(static (lengths, packets) =>
        {
            var transfer = new Transfer(lengths);
            int sent = 0;
            for (; !transfer.IsOver && sent < 10_000; sent++)
            {
                // After so many nothing is lost any more, so that it ends.
                (int room, bool isLost) = packets[sent % packets.Length];
                transfer.Step(room, isLost && sent < 200);
            }

            transfer.AssertComplete();
        });
    }

    private sealed class Transfer
    {
        private readonly StreamSet _client = Set(isServer: false);
        private readonly StreamSet _server = Set(isServer: true);
        private readonly byte[][] _data;
        private readonly int[] _written = new int[Streams];
        private readonly List<byte>[] _read = new List<byte>[Streams];
        private readonly bool[] _isFinished = new bool[Streams];

        public Transfer(int[] lengths)
        {
            _data = Array.ConvertAll(lengths, static length => Enumerable.Range(0, length).Select(static i => (byte)(i * 7 / 3)).ToArray());
            for (int i = 0; i < Streams; i++)
            {
                _read[i] = [];
                Assert.That(_client.TryOpen(bidirectional: false, out _));
            }
        }

        public bool IsOver => Array.TrueForAll(_isFinished, static isFinished => isFinished) && _client.Count == 0;

        public void Step(int room, bool isLost)
        {
            for (int i = 0; i < Streams; i++)
            {
                _written[i] += Math.Max(0, _client.Write(Id(i), _data[i].AsSpan(_written[i]), fin: true));
            }

            Send(_client, _server, room, isLost);
            for (int i = 0; i < Streams; i++)
            {
                byte[] read = new byte[500];
                StreamReadResult result = _server.Read(Id(i), read);
                _read[i].AddRange(read.AsSpan(0, result.Length));

                // It says so of a stream that has not come yet, too.
                _isFinished[i] |= result.Status == StreamReadStatus.Finished && _read[i].Count == _data[i].Length;
            }

            Send(_server, _client, room, isLost);
            Invariants.Check(_client);
            Invariants.Check(_server);
        }

        public void AssertComplete()
        {
            Assert.That(IsOver);
            Assert.That(_read, Is.EqualTo(_data));
            Assert.That((_client.Count, _server.Count), Is.EqualTo((0, 0)));
            Assert.That(_client.Flow.Sent, Is.EqualTo(_data.Sum(static data => data.Length)), "nothing counts twice");
            Assert.That(_server.Flow.Consumed, Is.EqualTo(_client.Flow.Sent));
        }

        private static long Id(int index) => (4 * index) + 2;

        private static StreamSet Set(bool isServer)
        {
            var set = new StreamSet(isServer, new StreamOptions
            {
                SendBufferSize = 700,
                Window = 1000,
                ConnectionWindow = 1500,
                MaxUnidirectional = Streams,
            }, FixedWindows.Path());
            set.SetPeerParameters(new TransportParameters
            {
                InitialMaxData = 1500,
                InitialMaxStreamDataUni = 1000,
                InitialMaxStreamsUni = Streams,
            });
            return set;
        }

        private static void Send(StreamSet from, StreamSet to, int room, bool isLost)
        {
            var writer = new SpanWriter(new byte[room]);
            SentPacket packet = SentPacket.Rent();
            from.WriteFrames(ref writer, packet, now: 0);
            var reader = new FrameReader(writer.Written);
            while (!isLost && reader.TryRead(out Frame frame))
            {
                Receive(to, frame);
            }

            foreach (SentFrame frame in packet.Frames)
            {
                if (isLost)
                {
                    from.OnLost(frame);
                }
                else
                {
                    from.OnAcknowledged(frame);
                }
            }

            packet.Return();
        }

        private static void Receive(StreamSet streams, in Frame frame)
        {
            switch (frame.Type)
            {
                case FrameType.Stream:
                    streams.OnStream(frame);
                    break;
                case FrameType.MaxData:
                    streams.Flow.OnRaised(frame.Maximum);
                    break;
                case FrameType.MaxStreamData:
                    streams.OnMaxStreamData(frame);
                    break;
                case FrameType.MaxStreamsUni:
                    streams.OnMaxStreams(bidirectional: false, frame.Maximum);
                    break;
                default:
                    Assert.That(frame.Type, Is.AnyOf(FrameType.DataBlocked, FrameType.StreamDataBlocked));
                    break;
            }
        }
    }
}

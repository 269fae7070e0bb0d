using Orchestra.Quic.Connection;
using Orchestra.Quic.Streams;
using Orchestra.Quic.Tls;
using Orchestra.Quic.Wire;
using Orchestra.Sdk.Tests.Quic.Simulation;

namespace Orchestra.Sdk.Tests.Quic.Connection;

/// <summary>
/// A peer that keeps every rule and all the same sends its frames in any order, again and again, while the application reads, writes
/// and gives up as it likes. The scripted peer looks at <see cref="Invariants"/> after each of them.
/// </summary>
[ReturnsBuffers]
internal sealed class FrameStormTests
{
    private const int Seeds = 60;
    private const int Steps = 300;
    private const int StreamWindow = 20;
    private const int ConnectionWindow = 60;
    private const int MaxStreams = 4;

    [Test]
    public void Frames_in_any_order_leave_the_books_balanced() => Parallel.For(0, Seeds, static seed => new Storm(seed).Run());

    private sealed class Storm(int seed)
    {
        private readonly Random _random = new(seed);

        // Of each stream of the peer: how long it will be, and how much of it was sent.
        private readonly List<(int Size, int Sent)> _streams = [];
        private readonly byte[] _data = new byte[StreamWindow];
        private readonly List<long> _ours = [];

        public void Run()
        {
            var limits = new StreamOptions { Window = StreamWindow, ConnectionWindow = ConnectionWindow, MaxBidirectional = MaxStreams };
            using ScriptedPeer peer = ScriptedPeer.Client(new ConnectionOptions
            {
                IsServer = true,
                Tls = SimulatedPeers.Server().Tls,
                StatelessResetKey = new byte[32],
                Streams = limits,
            });
            for (int step = 0; step < Steps; step++)
            {
                Step(peer);
                if (peer.Core.CloseReason is { } reason)
                {
                    Assert.Fail($"seed {seed}, step {step}: {reason}");
                }
            }

            peer.Core.Close(0, "", peer.Now);
            peer.Pump();
            Assert.That(limits.Growth.Taken, Is.Zero);
        }

        private void Step(ScriptedPeer peer)
        {
            switch (_random.Next(10))
            {
                case < 5:
                    SendData(peer);
                    break;
                case 5:
                    peer.Acknowledge();
                    break;
                case 6:
                    peer.Advance(_random.Next(100_000));
                    break;
                default:
                    Act(peer);
                    break;
            }
        }

        /// <summary>A piece, the end or a reset of one of the last streams, or a new one; never more than it may.</summary>
        private void SendData(ScriptedPeer peer)
        {
            if (_streams.Count < Limit(peer, FrameType.MaxStreamsBidi, MaxStreams) && _random.Next(4) == 0)
            {
                _streams.Add((_random.Next(StreamWindow + 1), 0));
            }

            if (_streams.Count == 0)
            {
                return;
            }

            int index = _random.Next(Math.Max(0, _streams.Count - MaxStreams - 2), _streams.Count);
            (int size, int sent) = _streams[index];
            bool isReset = _random.Next(5) == 0;
            int start = _random.Next(size + 1);
            int end = isReset ? size : _random.Next(start, size + 1);
            int credit = (int)Limit(peer, FrameType.MaxData, ConnectionWindow) - _streams.Sum(static stream => stream.Sent);
            if (end - sent > credit)
            {
                return;
            }

            _streams[index] = (size, Math.Max(sent, end));
            peer.Send(EncryptionLevel.Application, ScriptedPeer.Frame((ref w) => isReset
                ? FrameWriter.TryWriteResetStream(ref w, 4 * index, 1, size)
                : FrameWriter.TryBeginStream(ref w, 4 * index, start, end - start, fin: end == size, out _, out _)));
        }

        private void Act(ScriptedPeer peer)
        {
            if (_random.Next(8) == 0 && peer.Core.TryOpenStream(bidirectional: true, out long opened))
            {
                _ours.Add(opened);
            }

            long id = _ours.Count > 0 && _random.Next(3) == 0
                ? _ours[_random.Next(_ours.Count)]
                : 4 * _random.Next(Math.Max(0, _streams.Count - MaxStreams - 2), _streams.Count + 1);
            switch (_random.Next(6))
            {
                case 0:
                    peer.Core.ResetStream(id, 2);
                    break;
                case 1:
                    peer.Core.StopSending(id, 3);
                    break;
                case 2:
                    peer.Core.WriteStream(id, _data.AsSpan(0, _random.Next(_data.Length)), fin: _random.Next(2) == 0);
                    break;
                default:
                    peer.Core.ReadStream(id, new byte[_random.Next(1, StreamWindow)]);
                    break;
            }

            peer.Pump();
        }

        private static long Limit(ScriptedPeer peer, FrameType type, long initial) =>
            peer.Sent(type, static (in frame) => frame.Maximum).Append(initial).Max();
    }
}
